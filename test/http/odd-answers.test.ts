import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { json, type Seen, startUpstream } from '../providers/firmable/start-upstream.js';
import { dataOf, startGateway, type TestGateway } from './start-gateway.js';

let upstream: Awaited<ReturnType<typeof startUpstream>>;
let behave: (response: ServerResponse, seen: Seen) => void;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream((response, seen) => behave(response, seen));
  gateway = await startGateway({ env: { FIRMABLE_BASE_URL: upstream.url } });
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});
const withKey = { 'x-firmable-key': `fbl_${'k'.repeat(24)}` };

it('returns the longest delay of the API when a provider sends a delay of thousands of years', async () => {
  behave = (to) => json(to, 429, {}, { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' });
  const query = '{ company(by: { domain: "good.com" }) { problem { code retryAfterSeconds } } }';
  const company = dataOf(await gateway.post(query, {}, withKey), 'company');
  expect(company).toEqual({ problem: { code: 'RATE_LIMITED', retryAfterSeconds: 2 ** 31 - 1 } });
});

it('pages through a people search without duplicates when a row has no id', async () => {
  const rows = [1, 2, 3, 4, 5, 6].map((at) =>
    at === 2 ? { position: 'nobody' } : { person_id: `fp00000000000${at}` },
  );
  behave = (to, seen) => {
    const { from, size }: { from: string; size: string } = JSON.parse(seen.body);
    const page = rows.slice(Number(from), Number(from) + Number(size));
    json(to, 200, { success: true, records: page, total: rows.length });
  };
  const query = `query Q($after: String) { searchPeople(companyId: "f000000117274", first: 3, after: $after) {
    nodes { id } pageInfo { hasNextPage endCursor } } }`;
  const ids: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const answer = await gateway.post(query, { after }, withKey);
    const { nodes, pageInfo } = dataOf<{
      nodes: { id: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    }>(answer, 'searchPeople');
    ids.push(...nodes.map(({ id }) => id));
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  expect(ids.map((id) => id.at(-1))).toEqual(['1', '3', '4', '5', '6']);
});

it('pays with a new default connection from the next lookup, and never with a disabled one', async () => {
  behave = (to) => json(to, 500, { error: 'Company profile not found' });
  const create = `mutation M($name: String!) { createConnection(input: {
    provider: FIRMABLE, name: $name, key: "fbl_changes_0123456789_${'x'.repeat(8)}", verify: false, makeDefault: true
  }) { connection { id } } }`;
  const payer = async () => {
    const answer = await gateway.post(
      '{ company(by: { domain: "none.com" }) { receipt { payer { connection { name } } } problem { code } } }',
    );
    const { receipt, problem } = dataOf<{
      receipt: { payer: { connection: { name: string } | null } | null };
      problem: { code: string } | null;
    }>(answer, 'company');
    return problem?.code ?? receipt.payer?.connection?.name;
  };
  await gateway.post(create, { name: 'one' });
  expect(await payer()).toBe('one');
  const { connection } = dataOf<{ connection: { id: string } }>(
    await gateway.post(create, { name: 'two' }),
    'createConnection',
  );
  expect(await payer()).toBe('two');
  await gateway.post(
    'mutation M($id: ID!) { disableConnection(id: $id) { userErrors { code } } }',
    connection,
  );
  expect(await payer()).toBe('CONNECTION_DISABLED');
});
