import { afterAll, beforeAll, expect, it } from 'vitest';
import { explainDatabaseFault } from '../../src/platform/explain-fault.js';
import { inspectServer } from '../../src/platform/inspect-server.js';
import { runGateway } from '../support/gateway.js';
import { silentLog } from '../support/silent-log.js';
import { openTlsPostgres, type TlsPostgres } from './tls-postgres.js';

let postgres: TlsPostgres;
beforeAll(async () => {
  postgres = await openTlsPostgres();
}, 60_000);
afterAll(() => postgres.remove());

const urlOf = (query: string, host = 'localhost', user = 'gateway:canary'): string =>
  `postgres://${user}@${host}:${postgres.port}/postgres?${query}`.replaceAll(
    /\{(.*?)\}/g,
    (_, name: string) => encodeURIComponent(postgres.file(name)),
  );

/** "connected", or what the operator reads. */
const attempt = async (url: string): Promise<string> => {
  try {
    await inspectServer({ url }, silentLog);
    return 'connected';
  } catch (error) {
    return explainDatabaseFault(error, url).message;
  }
};

it.each([
  [''],
  ['sslmode=allow'],
  ['sslmode=prefer'],
  ['sslmode=require'],
  ['ssl=true'],
  ['sslmode=require&channel_binding=prefer'],
  ['sslmode=require&sslrootcert={ca.pem}'],
  ['sslmode=require&channel_binding=require'],
  ['sslmode=require&channel_binding=require&sslrootcert={ca.pem}'],
  ['sslmode=verify-ca&sslrootcert={ca.pem}'],
  ['sslmode=verify-full&sslrootcert={ca.pem}'],
  ['sslmode=verify-full&sslrootcert={ca.pem}&ssl_min_protocol_version=TLSv1.2&connect_timeout=5'],
  ['pgbouncer=false&connection_limit=5&application_name=billing'],
])('connects over TLS when the URL has “%s”', async (query) => {
  expect(await attempt(urlOf(query))).toBe('connected');
});

it.each([
  ['sslmode=disable', 'refused the account (28000)'],
  ['sslmode=require&sslrootcert={other-ca.pem}', 'was not accepted (SELF_SIGNED_CERT_IN_CHAIN)'],
  ['sslmode=verify-ca&sslrootcert={other-ca.pem}', 'was not accepted (SELF_SIGNED_CERT_IN_CHAIN)'],
  ['sslmode=verify-full', 'was not accepted (SELF_SIGNED_CERT_IN_CHAIN)'],
  ['sslmode=verify-full&sslrootcert=/no/such/file', 'The file of sslrootcert in DATABASE_URL cannot be read'],
])('explains why it does not connect when the URL has “%s”', async (query, part) => {
  const message = await attempt(urlOf(query));
  expect(message).toContain(part);
  expect(message).not.toContain('canary');
});

it('compares the name of the host with verify-full only', async () => {
  expect(await attempt(urlOf('sslmode=verify-ca&sslrootcert={ca.pem}', '127.0.0.1'))).toBe('connected');
  expect(await attempt(urlOf('sslmode=verify-full&sslrootcert={ca.pem}', '127.0.0.1'))).toContain(
    'ERR_TLS_CERT_ALTNAME_INVALID',
  );
});

it('shows a client certificate', async () => {
  const certificate = 'sslmode=verify-full&sslrootcert={ca.pem}&sslcert={client.pem}&sslkey={client.key}';
  expect(await attempt(urlOf(certificate, 'localhost', 'certified'))).toBe('connected');
  expect(await attempt(urlOf('sslmode=require', 'localhost', 'certified'))).toContain('refused the account');
});

it('runs a gateway over TLS, and names a parameter that it does not read', async () => {
  const env = { ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64') };
  const gateway = await runGateway({
    ...env,
    DATABASE_URL: urlOf('sslmode=verify-full&sslrootcert={ca.pem}&target_session_attrs=read-write'),
  });
  const ready = await fetch(`${gateway.url}/readyz`);
  expect(await ready.json()).toEqual({ status: 'ready' });
  gateway.signal('SIGTERM');
  expect(await gateway.exited).toBe(0);

  const refused = await runGateway({ ...env, DATABASE_URL: urlOf('sslmode=require&search_path=canary') });
  expect(await refused.exited).toBe(1);
  expect(refused.output()).toContain('DATABASE_URL has the parameter search_path');
  expect(refused.output()).not.toContain('canary');
}, 60_000);
