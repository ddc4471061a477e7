import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fullCompany } from '../providers/firmable/examples.js';
import { json, startUpstream } from '../providers/firmable/start-upstream.js';
import { dataOf, startGateway, type TestGateway } from './start-gateway.js';

let upstream: Awaited<ReturnType<typeof startUpstream>>;
let behave: (response: ServerResponse) => unknown;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream((response) => behave(response));
  gateway = await startGateway({ env: { FIRMABLE_BASE_URL: upstream.url } });
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

const keys: string[] = [];
/** A new key: the circuit breaker of its account is closed. */
const newKey = (): string => {
  const key = `fbl_live_${randomBytes(12).toString('hex')}`;
  keys.push(key);
  return key;
};
const allLinesOf = (requestId: string) =>
  gateway
    .logged()
    .split('\n')
    .filter((line) => line.includes(requestId))
    .map((line): Record<string, unknown> => JSON.parse(line));
/** The lines of a request besides the one that it always has. */
const linesOf = (requestId: string) => allLinesOf(requestId).filter(({ msg }) => msg !== 'request');
const lookUp = (domain: string, headers: Record<string, string>, key = newKey()) =>
  gateway.post(
    'query Q($domain: String!) { company(by: { domain: $domain }) { outcome problem { code } receipt { id } } }',
    { domain },
    { 'x-firmable-key': key, ...headers },
  );

const idOf = async (headers: Record<string, string>, path = '/healthz') =>
  (await fetch(`${gateway.url}${path}`, { headers })).headers.get('x-request-id');

it('returns the request id of the client when it is well-formed, and a new one when it is not', async () => {
  expect(await idOf({ 'x-request-id': 'job-7:row/12' })).toBe('job-7:row/12');
  const own = /^[0-9a-f-]{36}$/;
  expect(await idOf({})).toMatch(own);
  for (const bad of ['', 'a b', 'x'.repeat(129), '"quoted"', gateway.token, `for-${newKey()}`]) {
    expect(await idOf({ 'x-request-id': bad })).toMatch(own);
  }
  for (const path of ['/graphql', '/export/entries.csv', '/metrics', '/nowhere']) {
    expect(await idOf({ 'x-request-id': 'everywhere' }, path)).toBe('everywhere');
  }
});

it('logs the cause, host, request and token of a lookup when the provider fails', async () => {
  behave = (response) => json(response, 500, { error: `broken ${keys.at(-1)}` });
  const { body } = await lookUp('broken.example', { 'x-request-id': 'lookup-broken' });
  const { receipt } = dataOf<{ receipt: { id: string } }>({ body }, 'company');
  expect(linesOf('lookup-broken')).toEqual([
    expect.objectContaining({
      level: 40,
      msg: 'lookup failed',
      requestId: 'lookup-broken',
      tokenId: expect.stringMatching(/^tok_[0-9a-f-]{36}$/),
      lookup: receipt.id,
      provider: 'FIRMABLE',
      host: new URL(upstream.url).host,
      outcome: 'FAILED',
      code: 'PROVIDER_UNAVAILABLE',
      cause: 'HTTP 500',
    }),
  ]);

  behave = (response) => response.destroy();
  await lookUp('cut.example', { 'x-request-id': 'lookup-cut' });
  expect(linesOf('lookup-cut')).toMatchObject([{ outcome: 'UNKNOWN', cause: 'the connection was cut' }]);

  behave = (response) => json(response, 401, { message: keys.at(-1) });
  await lookUp('refused.example', { 'x-request-id': 'lookup-refused' });
  expect(linesOf('lookup-refused')).toMatchObject([{ level: 40, outcome: 'REFUSED', code: 'KEY_REFUSED' }]);

  behave = (response) => json(response, 500, { error: 'Company profile not found' });
  await lookUp('missing.example', { 'x-request-id': 'lookup-missing' });
  await lookUp('not a domain', { 'x-request-id': 'lookup-malformed' });
  expect([...linesOf('lookup-missing'), ...linesOf('lookup-malformed')]).toEqual([]);
});

it('logs once that a provider is not called any more when it fails again and again', async () => {
  behave = (response) => json(response, 500, { error: 'broken' });
  const key = newKey();
  for (let count = 0; count < 7; count += 1)
    await lookUp(`dead${count}.example`, { 'x-request-id': `dead-${count}` }, key);
  const opened = gateway
    .logged()
    .split('\n')
    .filter((line) => line.includes('"circuit breaker opened"'));
  expect(opened).toHaveLength(1);
  expect(JSON.parse(opened[0] ?? '')).toMatchObject({
    level: 40,
    provider: 'FIRMABLE',
    host: new URL(upstream.url).host,
    cause: 'HTTP 500',
    requestId: expect.stringMatching(/^dead-/),
  });
  expect(linesOf('dead-6')).toMatchObject([{ msg: 'lookup failed', cause: 'circuit breaker open' }]);
});

it('logs the reason of a refused token with its id when it was valid once, and never the token', async () => {
  const created = await gateway.post(
    'mutation { createToken(input: { name: "old", role: VIEWER }) { secret token { id } } }',
  );
  const { secret, token } = dataOf<{ secret: string; token: { id: string } }>(created, 'createToken');
  await gateway.post('mutation M($id: ID!) { revokeToken(id: $id) { userErrors { code } } }', token);
  const unknown = `fgw_${randomBytes(32).toString('base64url')}`;
  const get = (path: string, authorization: string | null, requestId: string) =>
    fetch(`${gateway.url}${path}`, {
      headers: { 'x-request-id': requestId, ...(authorization === null ? {} : { authorization }) },
    });
  const refusal = { msg: 'token refused', remoteAddress: '127.0.0.1' };

  await gateway.post(
    '{ viewer { role } }',
    {},
    { authorization: `Bearer ${secret}`, 'x-request-id': 'revoked' },
  );
  expect(linesOf('revoked')).toMatchObject([{ ...refusal, level: 40, reason: 'REVOKED', tokenId: token.id }]);
  await get('/export/entries.csv', `Bearer ${unknown}`, 'unknown');
  expect(linesOf('unknown')).toMatchObject([{ ...refusal, level: 40, reason: 'UNKNOWN' }]);
  await get('/metrics', 'Bearer abc', 'malformed');
  expect(linesOf('malformed')).toMatchObject([{ ...refusal, reason: 'MALFORMED' }]);
  await get('/graphql?query={viewer{role}}', null, 'none');
  expect(linesOf('none')).toMatchObject([{ ...refusal, level: 30, reason: 'MISSING' }]);

  for (let count = 0; count < 50; count += 1) await get('/metrics', `Bearer ${unknown}`, `flood-${count}.`);
  expect(linesOf('flood-').length).toBeLessThanOrEqual(10);
});

/** The line of a request, which is written when the response has been sent. */
const requestLineOf = async (requestId: string) => {
  const find = () => allLinesOf(requestId).find(({ msg }) => msg === 'request');
  await vi.waitFor(() => expect(find()).toBeDefined(), 10_000);
  return find();
};

it('logs one line for each request, with its operation, caller, lookups and credits', async () => {
  behave = (response) => json(response, 200, fullCompany);
  const headers = { 'x-request-id': 'line-lookup', 'x-firmable-key': newKey() };
  const query = 'query Enrich($by: [CompanyKey!]!) { companies(by: $by) { outcome } }';
  await gateway.post(query, { by: [{ domain: 'one.example' }, { domain: 'not a domain' }] }, headers);
  const { workspaceId, tokenId } = await gateway.context.findCaller(gateway.token);
  expect(await requestLineOf('line-lookup')).toMatchObject({
    level: 30,
    method: 'POST',
    path: '/graphql',
    status: 200,
    durationMs: expect.any(Number),
    operation: 'Enrich',
    operationType: 'query',
    lookups: 2,
    creditsCharged: 1,
    creditsSaved: 0,
    tokenId: `tok_${tokenId}`,
    workspaceId,
  });
  expect(allLinesOf('line-lookup').filter(({ msg }) => msg === 'request')).toHaveLength(1);
});

it('logs a line for each path, without the query, and health checks at debug', async () => {
  const authorization = `Bearer ${gateway.token}`;
  const get = (path: string, id: string) =>
    fetch(`${gateway.url}${path}`, { headers: { authorization, 'x-request-id': id } }).then((got) =>
      got.text(),
    );
  await get('/export/entries.csv?workflow=hidden-query', 'line-export');
  await get('/nowhere?secret=hidden-query', 'line-nowhere');
  await get(`/nowhere/${newKey()}/${'a1'.repeat(500)}`, 'line-key');
  await get('/healthz', 'line-health');
  expect(await requestLineOf('line-export')).toMatchObject({ path: '/export/entries.csv', status: 200 });
  expect(await requestLineOf('line-nowhere')).toMatchObject({ path: '/nowhere', status: 404 });
  const { path } = (await requestLineOf('line-key')) ?? {};
  expect(String(path).length).toBeLessThanOrEqual(200);
  expect(allLinesOf('line-health')).toEqual([]);
  expect(gateway.logged()).not.toContain('hidden-query');
});

it('shortens the name of an operation, and redacts a key that stands in it', async () => {
  const key = newKey();
  await gateway.post(`query ${key} { viewer { role } }`, {}, { 'x-request-id': 'line-named-key' });
  await gateway.post(`query ${'N'.repeat(500)} { viewer { role } }`, {}, { 'x-request-id': 'line-long' });
  expect(await requestLineOf('line-named-key')).toMatchObject({ operation: 'fbl_[cut]' });
  expect(await requestLineOf('line-long')).toMatchObject({ operation: 'N'.repeat(64) });
});

it('logs that the client disconnected before the response', async () => {
  const held: ServerResponse[] = [];
  behave = (response) => held.push(response);
  const leaving = new AbortController();
  const lost = fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    signal: leaving.signal,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${gateway.token}`,
      'x-firmable-key': newKey(),
      'x-request-id': 'line-left',
    },
    body: JSON.stringify({ query: '{ company(by: { domain: "left.example" }) { outcome } }' }),
  }).catch(() => null);
  await vi.waitFor(
    () => expect(upstream.seen.some(({ url }) => url.includes('left.example'))).toBe(true),
    10_000,
  );
  leaving.abort();
  await lost;
  expect(await requestLineOf('line-left')).toMatchObject({ status: null, aborted: true, lookups: 1 });
  for (const response of held) json(response, 200, { ...fullCompany, id: 'f000000000099' });
});

it('has no key and no token in its log when all of this was logged', () => {
  for (const key of keys) expect(gateway.logged()).not.toContain(key);
  expect(gateway.logged()).not.toMatch(/fgw_[\w-]{20}/);
});
