import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFakeEnrichment } from '../support/fake-enrichment.js';
import { startGateway, type TestGateway } from './start-gateway.js';

let fast: TestGateway;
let plain: TestGateway;
beforeAll(async () => {
  const parts = createFakeEnrichment();
  [fast, plain] = await Promise.all([startGateway({ parts }), startGateway({ parts, fastPath: false })]);
});
afterAll(() => Promise.all([fast.close(), plain.close()]));

const none = { lookups: 0, rootFields: 1, reports: 0, fields: 2, depth: 2, values: 2 };

it.each<[string, object, object]>([
  ['{ viewer { role } }', {}, none],
  [
    '{ a: viewer { ...F } b: viewer { ...F } } fragment F on Viewer { role }',
    {},
    { ...none, rootFields: 2, fields: 6, values: 4 },
  ],
  [
    'query ($all: Boolean!) { viewer { role @include(if: $all) token { id } } }',
    { all: false },
    { ...none, fields: 3, depth: 3, values: 3 },
  ],
  ['{ company(by: { domain: "a.example" }) { outcome } }', {}, { ...none, lookups: 1 }],
  [
    'query ($by: [CompanyKey!]!) { companies(by: $by) { outcome } }',
    { by: [{ domain: 'a.example' }, { domain: 'b.example' }] },
    { ...none, lookups: 2, values: 3 },
  ],
  ['{ entries(first: 50) { nodes { id } } }', {}, { ...none, reports: 1, fields: 3, depth: 3, values: 101 }],
])('has its cost in extensions when it is %s', async (query, variables, cost) => {
  for (const to of [fast, plain]) {
    const { body } = await to.post(query, variables);
    expect(body.extensions).toMatchObject({ cost, credits: { saved: 0 } });
  }
});

it('has its cost beside the errors of fields, and on the repeat of an idempotent request', async () => {
  for (const to of [fast, plain]) {
    const headers = { 'idempotency-key': 'cost' };
    const query = '{ company(by: { domain: "c.example" }) { outcome } }';
    const [first, second] = [await to.post(query, {}, headers), await to.post(query, {}, headers)];
    expect(first.body).toEqual(second.body);
    expect(first.body.extensions).toHaveProperty('cost.lookups', 1);
    const failed = await to.post(
      '{ viewer { role } connection(id: "no id") { id } entries(first: 0) { totalCount } }',
    );
    expect(failed.body.errors).toHaveLength(1);
    expect(failed.body.extensions).toHaveProperty('cost.rootFields', 3);
  }
});

it('has none when it is refused before it runs', async () => {
  for (const to of [fast, plain]) {
    const aliases = Array.from({ length: 201 }, (_, at) => `a${at}: __typename`).join(' ');
    for (const query of ['{ nothing }', `{ ${aliases} }`]) {
      const { body } = await to.post(query);
      expect(body.errors).toHaveLength(1);
      expect(body).not.toHaveProperty('extensions');
    }
  }
});
