import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { startUpstream } from '../providers/firmable/start-upstream.js';

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
/** What each record has beside its id and name, by its domain. */
const odd: Record<string, string> = {
  good: '"x": 1',
  levels400: `"x": ${nested(400)}`,
  levels5000: `"x": ${nested(5_000)}`,
  levels100000: `"x": ${nested(100_000)}`,
  objects5000: `"x": ${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  text: `"x": "${'x'.repeat(2_000_000)}"`,
  number: '"x": 1e400',
  small: '"x": 1e-400',
  precise: '"x": 12345678901234567890.123456789',
  duplicates: '"x": 1, "x": 2',
  proto: '"__proto__": {"x": 1}, "constructor": {"prototype": {"y": 1}}',
  surrogate: '"x": "\\ud800\\u0000"',
};
const names = Object.keys(odd);
const unreadable = ['levels5000', 'levels100000', 'objects5000', 'number'];

let gateway: TestGateway;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
beforeAll(async () => {
  upstream = await startUpstream((response, { url }) => {
    const name = names.find((one) => url.includes(`${one}.example`)) ?? 'good';
    const id = String(names.indexOf(name)).padStart(12, '0');
    const record = `"id": "f${id}", "name": "${name}", ${odd[name]}`;
    const text = url.startsWith('/organizations')
      ? `{"organization": {"primary_domain": "${name}.example", ${record.replace('"f', '"aaaaaaaaaaaa')}}}`
      : `{${record}}`;
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  });
  gateway = await startGateway({
    config: { firmableBaseUrl: upstream.url, apolloBaseUrl: upstream.url },
  });
  for (const [provider, key] of [
    ['FIRMABLE', 'fbl_live_raw_0123456789'],
    ['APOLLO', 'apolloLiveRaw012345678'],
  ]) {
    const { body } = await gateway.post(
      'mutation M($input: CreateConnectionInput!) { createConnection(input: $input) { userErrors { code } } }',
      { input: { provider, name: `raw ${provider}`, key, verify: false } },
    );
    if (JSON.stringify(body).includes('code')) throw new Error(JSON.stringify(body));
  }
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

const query = `query Q($by: [CompanyKey!]!, $options: LookupOptions) {
  companies(by: $by, options: $options) {
    outcome company { id name raw } receipt { charge fromSnapshot }
  }
}`;
type Item = {
  outcome: string;
  company: { id: string; name: string; raw: unknown };
  receipt: { charge: string; fromSnapshot: boolean };
};

/** The variables of a lookup of all records. */
const variablesOf = async (provider: string): Promise<object> => {
  const { body } = await gateway.post('{ connections { nodes { id name } } }');
  const { nodes } = Object(body.data)['connections'];
  const connection = nodes.find(({ name }: { name: string }) => name === `raw ${provider}`).id;
  return {
    by: names.map((name) => ({ domain: `${name}.example` })),
    options: { waterfall: [{ provider, connection }] },
  };
};

it.each(['FIRMABLE', 'APOLLO'])(
  'answers all records of a list of %s, and raw as null where it cannot be printed',
  async (provider) => {
    const variables = await variablesOf(provider);
    // The second time, all are read back from their snapshots, also those that could not be printed.
    for (const isFirst of [true, false]) {
      const { status, body } = await gateway.post(query, variables);
      expect(status).toBe(200);
      const items: Item[] = Object(body.data)['companies'];
      expect(items.map(({ outcome }) => outcome)).toEqual(names.map(() => 'FOUND'));
      expect(items.map(({ company }) => company.name)).toEqual(names);
      expect(isFirst || items.every(({ receipt }) => receipt.fromSnapshot)).toBe(true);
      const empty = names.filter((_, index) => items[index]?.company.raw === null);
      expect(empty).toEqual(unreadable);
      expect(body.errors?.map(({ extensions, path }) => [extensions.code, path])).toEqual(
        unreadable.map((name) => ['LIMIT_EXCEEDED', ['companies', names.indexOf(name), 'company', 'raw']]),
      );
    }
    const path = provider === 'APOLLO' ? '/organizations' : '/company';
    expect(upstream.seen.filter(({ url }) => url.startsWith(path))).toHaveLength(names.length);
  },
);

it('exports records, and reads them by id, when their objects cannot be printed', async () => {
  const headers = { authorization: `Bearer ${gateway.token}` };
  const { body } = await gateway.post(query, await variablesOf('FIRMABLE'));
  const items: Item[] = Object(body.data)['companies'];
  const item = items[names.indexOf('levels5000')];
  const node = await gateway.post('query N($id: ID!) { node(id: $id) { ... on Company { name raw } } }', {
    id: item?.company.id,
  });
  expect(node.body.data).toEqual({ node: { name: 'levels5000', raw: null } });
  const exported = await fetch(`${gateway.url}/export/records.ndjson`, { headers });
  expect(exported.status).toBe(200);
  const text = await exported.text();
  for (const name of names) expect(text).toContain(`"${name}"`);
});
