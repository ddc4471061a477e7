import { afterAll, beforeAll, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

it('returns how each identifier is known, on the receipt and on the unlock', async () => {
  const query = `query Q($by: CompanyKey!, $maxAge: Duration) {
    company(by: $by, options: { maxAge: $maxAge }) { receipt { identifierSource } } }`;
  const sourceOf = async (by: object, maxAge: string | null = null) =>
    dataOf<{ receipt: object }>(await gateway.post(query, { by, maxAge }), 'company').receipt;

  expect(await sourceOf({ domain: 'nobody.example' })).toEqual({ identifierSource: null });
  expect(await sourceOf({ domain: flagship.domain })).toEqual({ identifierSource: 'RESOLVED' });
  expect(await sourceOf({ linkedin: flagship.linkedin })).toEqual({ identifierSource: 'REPORTED' });
  expect(await sourceOf({ linkedin: flagship.linkedin }, '0s')).toEqual({ identifierSource: 'RESOLVED' });
  expect(await sourceOf({ abn: flagship.abn })).toEqual({ identifierSource: 'REPORTED' });

  const answer = await gateway.post('{ unlocks { nodes { recordId identifiers { kind value source } } } }');
  type Unlocks = { nodes: { recordId: string; identifiers: object[] }[] };
  const { nodes } = dataOf<Unlocks>(answer, 'unlocks');
  expect(nodes.find(({ recordId }) => recordId === flagship.id)?.identifiers).toEqual([
    { kind: 'abn', value: flagship.abn, source: 'REPORTED' },
    { kind: 'domain', value: flagship.domain, source: 'RESOLVED' },
    { kind: 'id', value: flagship.id, source: 'RESOLVED' },
    { kind: 'linkedin', value: flagship.linkedin, source: 'RESOLVED' },
  ]);
});
