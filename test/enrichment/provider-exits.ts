import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { GatewayError } from '../../src/errors.js';
import { fullCompany } from '../providers/firmable/examples.js';
import { json } from '../providers/firmable/start-upstream.js';
import type { Permit } from '../../src/providers/provider.js';

export const hit = JSON.stringify(fullCompany);
export const headers = { 'content-type': 'application/json' };

export type Exit = {
  title: string;
  behave?: (response: ServerResponse) => void;
  acquirePermit?: () => Promise<Permit>;
  outcome: string;
  problem: string | null;
  charge: string;
};

const unknown = { outcome: 'UNKNOWN', charge: 'PRESUMED' };
export const exits: Exit[] = [
  {
    title: 'a hit',
    behave: (to) => json(to, 200, fullCompany),
    outcome: 'FOUND',
    problem: null,
    charge: 'CHARGED',
  },
  {
    title: 'a miss by 500',
    behave: (to) => json(to, 500, { message: 'Company not found' }),
    outcome: 'NOT_FOUND',
    problem: null,
    charge: 'NOT_FOUND',
  },
  {
    title: 'a miss by 404',
    behave: (to) => json(to, 404, {}),
    outcome: 'NOT_FOUND',
    problem: null,
    charge: 'NOT_FOUND',
  },
  {
    title: 'a refused key',
    behave: (to) => json(to, 401, { message: 'no' }),
    outcome: 'REFUSED',
    problem: 'KEY_REFUSED',
    charge: 'NONE',
  },
  {
    title: 'a plan without the API',
    behave: (to) => json(to, 403, { message: 'no' }),
    outcome: 'REFUSED',
    problem: 'PLAN_WITHOUT_API',
    charge: 'NONE',
  },
  {
    title: 'an account without credits',
    behave: (to) =>
      json(to, 402, { error: { code: 'insufficient_credits', message: 'Insufficient credits' } }),
    outcome: 'REFUSED',
    problem: 'OUT_OF_CREDITS',
    charge: 'NONE',
  },
  {
    title: 'a throttle by status',
    behave: (to) => json(to, 429, { message: 'Too many requests' }, { 'retry-after': '30' }),
    outcome: 'FAILED',
    problem: 'RATE_LIMITED',
    charge: 'NONE',
  },
  {
    title: 'a throttle inside a 200',
    behave: (to) =>
      json(to, 200, { success: false, error: { status: 429, message: 'Rate limit. Retry in 36s.' } }),
    outcome: 'FAILED',
    problem: 'RATE_LIMITED',
    charge: 'NONE',
  },
  {
    title: 'a fault of the provider',
    behave: (to) => json(to, 500, { message: 'Connection pool exhausted' }),
    outcome: 'FAILED',
    problem: 'PROVIDER_UNAVAILABLE',
    charge: 'NONE',
  },
  {
    title: 'a redirect to another place',
    behave: (to) => {
      to.writeHead(307, { location: 'http://127.0.0.1:9/company' });
      to.end();
    },
    outcome: 'FAILED',
    problem: 'PROVIDER_ADDRESS_WRONG',
    charge: 'NONE',
  },
  { title: 'no answer in time', behave: () => {}, ...unknown, problem: 'PROVIDER_TIMEOUT' },
  {
    title: 'half a body, then silence',
    behave: (to) => {
      to.writeHead(200, headers);
      to.write(hit.slice(0, 100));
    },
    ...unknown,
    problem: 'PROVIDER_TIMEOUT',
  },
  {
    title: 'a cut body',
    behave: (to) => {
      to.writeHead(200, { ...headers, 'content-length': String(hit.length) });
      to.write(hit.slice(0, 100), () => to.destroy());
    },
    ...unknown,
    problem: 'PROVIDER_UNAVAILABLE',
  },
  {
    title: 'a connection cut before the answer',
    behave: (to) => {
      to.destroy();
    },
    ...unknown,
    problem: 'PROVIDER_UNAVAILABLE',
  },
  {
    title: 'a body that is no JSON',
    behave: (to) => {
      to.writeHead(200, headers);
      to.end('<html>');
    },
    ...unknown,
    problem: 'PROVIDER_ANSWER_UNREADABLE',
  },
  {
    title: 'a record without an id',
    behave: (to) => json(to, 200, { name: 'Nobody' }),
    ...unknown,
    problem: 'PROVIDER_ANSWER_UNREADABLE',
  },
  {
    title: 'a body that is too large',
    behave: (to) => json(to, 200, { ...fullCompany, description: 'x'.repeat(30_000) }),
    ...unknown,
    problem: 'PROVIDER_ANSWER_UNREADABLE',
  },
  {
    title: 'a body that does not unpack',
    behave: (to) => {
      to.writeHead(200, { ...headers, 'content-encoding': 'gzip' });
      to.end(gzipSync(hit).fill(0, 20, 60));
    },
    ...unknown,
    problem: 'PROVIDER_ANSWER_UNREADABLE',
  },
  {
    title: 'a proxy that lost the answer',
    behave: (to) => json(to, 504, {}),
    ...unknown,
    problem: 'PROVIDER_UNAVAILABLE',
  },
  {
    title: 'a turn that is too far off',
    acquirePermit: () => Promise.reject(new GatewayError('RATE_LIMITED', 'later', { retryAfterSeconds: 7 })),
    outcome: 'FAILED',
    problem: 'RATE_LIMITED',
    charge: 'NONE',
  },
  {
    title: 'a store that cannot say when it is our turn',
    acquirePermit: () => Promise.reject(new GatewayError('LEDGER_UNAVAILABLE', 'away')),
    outcome: 'FAILED',
    problem: 'PROVIDER_UNAVAILABLE',
    charge: 'NONE',
  },
  {
    title: 'a fault nobody foresaw',
    acquirePermit: () => Promise.reject(new Error('unforeseen')),
    ...unknown,
    problem: 'PROVIDER_UNAVAILABLE',
  },
];
