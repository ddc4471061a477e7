import type { ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { facesOf } from '../support/dump.js';
import { json, type Seen } from './firmable/start-upstream.js';
import { scenarioOf } from './scenario.js';
import { clients } from './clients.js';

/** Ways of a bad upstream to say the key it was sent: in headers, bodies, addresses and the names of fields. */
const echoes: ((to: ServerResponse, key: string) => void)[] = [
  (to, key) => json(to, 400, { error: { type: key, message: `Bad key ${key}` } }, { 'x-echo': key }),
  (to, key) => json(to, 401, { message: `Bad key ${key}` }),
  (to, key) => to.writeHead(401, { 'content-type': 'text/plain' }).end(`Invalid API key ${key}`),
  (to, key) => json(to, 402, { error: key }),
  (to, key) => json(to, 403, { error: `${key} is not authorized`, error_code: key }),
  (to, key) => json(to, 404, { status: 404, error: { type: 'not_found', message: key } }),
  (to, key) => json(to, 422, { error: key }),
  (to, key) => json(to, 429, { message: `Too many requests of ${key}` }, { 'retry-after': '3600' }),
  (to, key) => json(to, 500, { error: { message: key } }),
  (to, key) => json(to, 307, {}, { location: `http://127.0.0.1:9/${key}` }),
  (to, key) => json(to, 307, {}, { location: `/again?key=${key}` }),
  (to, key) => json(to, 200, { error: key, organization: null, person: null }),
  (to, key) =>
    json(to, 200, { id: { [key]: key }, data: { id: [key] }, person: { id: [key] }, organization: key }),
  (to, key) =>
    to.writeHead(200, { [`x-${key.toLowerCase()}`]: key, 'x-call-credits-spent': key }).end(`{"id":"${key}`),
  (to, key) => {
    to.write(key, () => to.destroy());
  },
];

const keyIn = ({ headers }: Seen): string =>
  String(headers['x-api-key'] ?? headers.authorization ?? '').replace('Bearer ', '');

describe.each(clients)('the client of $title', (clientCase) => {
  it('never puts the key in a result or a log line, whatever the upstream returns', async () => {
    const canary = clientCase.key.slice(0, -12) + randomBytes(6).toString('hex');
    const scenario = await scenarioOf({ ...clientCase, key: canary }, (response, seen, index) =>
      echoes[index % echoes.length]?.(response, keyIn(seen)),
    );
    const said: unknown[] = [];
    for (let round = 0; round < echoes.length; round += 1) {
      said.push(await scenario.provider.findCompany(scenario.call, clientCase.byDomain));
      said.push(await scenario.provider.findPerson(scenario.call, clientCase.byEmail));
      said.push(await scenario.provider.verify(scenario.call));
      said.push(await scenario.provider.readBalance?.(scenario.call));
    }
    expect(scenario.seen.length).toBeGreaterThan(echoes.length * 2);
    expect(new Set(scenario.seen.map(keyIn))).toEqual(new Set([canary]));
    const text = JSON.stringify(said, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    for (const face of facesOf(canary)) {
      expect(text).not.toContain(face);
      expect(scenario.logged()).not.toContain(face);
    }
  });

  it('logs an unexpected field once by its path, without its value', async () => {
    const odd = JSON.stringify(clientCase.companyBody).replaceAll(
      /("(?:founded|founded_year|year_founded)"):\d+/g,
      '$1:"in spring"',
    );
    const scenario = await scenarioOf(clientCase, (response) => response.end(odd));
    expect(await scenario.provider.findCompany(scenario.call, clientCase.byDomain)).toMatchObject({
      kind: 'FOUND',
      record: { yearFounded: null },
      unexpectedFields: [{ expected: 'integer', got: 'string' }],
    });
    expect(scenario.logged().trim().split('\n')).toHaveLength(1);
    expect(scenario.logged()).toMatch(/founded/);
    expect(scenario.logged()).not.toMatch(/in spring/);
    expect(scenario.logged()).not.toContain(clientCase.key);
  });
});
