import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { sampleCompanies } from '../../src/sandbox/samples.js';
import { newSandboxKey } from '../enrichment/setup.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const by = sampleCompanies.slice(0, 4).map(({ domain }) => ({ domain }));
const lookUpAll = async (connection: string): Promise<string[]> => {
  const query = `query Q($by: [CompanyKey!]!, $connection: ID!) {
    companies(by: $by, options: { connection: $connection }) { receipt { charge } } }`;
  const answer = await gateway.post(query, { by, connection });
  return dataOf<{ receipt: { charge: string } }[]>(answer, 'companies').map(({ receipt }) => receipt.charge);
};
const rotate = async (id: string, key: string, account: string | null): Promise<string[]> => {
  const mutation = `mutation M($input: RotateConnectionKeyInput!) {
    rotateConnectionKey(input: $input) { userErrors { code } } }`;
  const answer = await gateway.post(mutation, { input: { id, key, account } });
  return dataOf<{ userErrors: { code: string }[] }>(answer, 'rotateConnectionKey').userErrors.map(
    ({ code }) => code,
  );
};
const spentBy = async (id: string): Promise<number> => {
  const query = `query Q($id: ID!) {
    usage(from: "2020-01-01", to: "2120-01-01", filter: { connection: $id }) { totals { creditsCharged } } }`;
  const answer = await gateway.post(query, { id });
  return dataOf<{ totals: { creditsCharged: number } }>(answer, 'usage').totals.creditsCharged;
};
const charged = (...keys: string[]): number =>
  keys.reduce((sum, key) => sum + (gateway.context.sandboxServer?.account(key).creditsUsed ?? 0), 0);

it('counts what the provider charges when a key is rotated to another account, and nothing when to the same', async () => {
  const [first, second] = [newSandboxKey(), newSandboxKey()];
  const created = await gateway.post(
    'mutation M($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } } }',
    { input: { provider: 'FIRMABLE', name: 'rotated', key: first } },
  );
  const { id } = dataOf<{ connection: { id: string } }>(created, 'createConnection').connection;
  expect(await lookUpAll(id)).toEqual(by.map(() => 'CHARGED'));

  expect(await rotate(id, second, null)).toEqual(['INVALID_INPUT']);
  expect(await lookUpAll(id)).toEqual(by.map(() => 'ALREADY_UNLOCKED'));
  expect(await rotate(id, second, 'OTHER')).toEqual([]);
  expect(await lookUpAll(id)).toEqual(by.map(() => 'CHARGED'));
  expect(charged(first, second)).toBe(2 * by.length);
  expect(await spentBy(id)).toBe(2 * by.length);

  expect(await rotate(id, first, 'OTHER')).toEqual([]);
  expect(await lookUpAll(id)).toEqual(by.map(() => 'ALREADY_UNLOCKED'));
  expect(await spentBy(id)).toBe(charged(first, second));
  expect((await verifyLedger(gateway.context.database)).disagreements).toEqual([]);
});
