import { request as httpRequest } from 'node:http';
import { getIntrospectionQuery, getNamedType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.js';
import { operationLimits } from '../../src/http/plugins/use-limits.js';
import { createFakeEnrichment } from '../support/fake-enrichment.js';
import { answered, startGateway, type TestGateway } from './start-gateway.js';

const enrichment = createFakeEnrichment();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ parts: enrichment });
});
afterAll(() => gateway.close());

/** A selection of every field of a type that needs no argument, with those inside. */
const allOf = (name: string): string => {
  const type = createSchema().getType(name);
  const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
  return fields
    .map((field) => {
      const inner = getNamedType(field.type);
      return isObjectType(inner) ? `${field.name} { ${allOf(inner.name)} }` : field.name;
    })
    .join(' ');
};

const headers = () => ({ 'content-type': 'application/json', authorization: `Bearer ${gateway.token}` });
const times = (count: number, each: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => each(n)).join(' ');
const company = (n: number) => `a${n}: company(by: { domain: "a${n}.example" }) { outcome }`;
const keys = (count: number) => Array.from({ length: count }, (_, n) => ({ domain: `k${n}.example` }));
const list = 'query Q($by: [CompanyKey!]!) { companies(by: $by) { outcome } }';

/** Sends an operation, and counts the lookups that it makes. */
const send = async (query: string, variables: object = {}) => {
  const before = enrichment.lookups.length;
  const { status, body } = await gateway.post(query, variables);
  return {
    status,
    codes: body.errors?.map((error) => error.extensions.code),
    lookups: enrichment.lookups.length - before,
  };
};
const refused = { codes: ['LIMIT_EXCEEDED'], lookups: 0 };

describe('limits a request to 100 lookups', () => {
  it.each([
    ['100 aliases', `{ ${times(100, company)} }`, {}],
    ['a list of 100 in a variable', list, { by: keys(100) }],
    [
      '100 that are not skipped',
      `query Q($no: Boolean!) { ${times(100, company)} more: companies(by: [{ domain: "x.example" }]) @include(if: $no) { outcome } }`,
      { no: false },
    ],
  ])('accepts them when they are %s', async (_, query, variables) => {
    expect(await send(query, variables)).toEqual({ status: 200, codes: undefined, lookups: 100 });
  });

  it.each([
    ['101 aliases', `{ ${times(101, company)} }`, {}],
    ['a list of 101 in a variable', list, { by: keys(101) }],
    [
      'a list written out',
      `{ companies(by: [${times(101, (n) => `{ domain: "${n}.example" },`)}]) { outcome } }`,
      {},
    ],
    [
      'two lists',
      `query Q($by: [CompanyKey!]!) { a: companies(by: $by) { outcome } b: companies(by: $by) { outcome } }`,
      { by: keys(51) },
    ],
    [
      'a default of a variable',
      `query Q($by: [CompanyKey!]! = [${times(101, (n) => `{ domain: "${n}.example" },`)}]) { companies(by: $by) { outcome } }`,
      {},
    ],
    [
      'a list and one more',
      `query Q($by: [CompanyKey!]!) { companies(by: $by) { outcome } ${company(1)} }`,
      { by: keys(100) },
    ],
    [
      'a list inside the item',
      `query Q($k: CompanyKey!) { companies(by: [${times(101, () => '$k,')}]) { outcome } }`,
      { k: { domain: 'a.example' } },
    ],
    ['a fragment', `{ ...F } fragment F on Query { ${times(101, company)} }`, {}],
    ['an inline fragment', `{ ... on Query { ${times(101, company)} } }`, {}],
    ['searches', `{ ${times(101, (n) => `s${n}: searchPeople(companyId: "f1") { outcome }`)} }`, {}],
    [
      'kinds mixed',
      `{ ${times(60, company)} ${times(41, (n) => `p${n}: person(by: { id: "fp${n}" }) { outcome }`)} }`,
      {},
    ],
  ])('refuses the request, without a lookup, when it has %s', async (_, query, variables) => {
    expect(await send(query, variables)).toMatchObject(refused);
  });
});

it('counts only the operation that runs when a document has several', async () => {
  const query = `query A { viewer { role } } query B { ${times(101, company)} }`;
  const before = enrichment.lookups.length;
  const send = async (operationName: string) =>
    answered(
      await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: headers(),
        body: JSON.stringify({ query, operationName }),
      }),
    );
  expect((await send('A')).body.data).toEqual({ viewer: { role: 'ADMIN' } });
  expect((await send('B')).body.errors?.[0]?.extensions.code).toBe('LIMIT_EXCEEDED');
  expect(enrichment.lookups.length).toBe(before);
});

describe('refuses an operation before it runs when it has', () => {
  it.each([
    ['10,000 aliases', `{ ${times(10_000, (n) => `a${n}: viewer { role }`)} }`],
    ['one field 5,000 times', `{ ${times(5_000, () => 'viewer { role }')} }`],
    ['deep nesting', `{ viewer ${'{ token '.repeat(5_000)}${'}'.repeat(5_000)} }`],
    ['deep lists', `{ company(by: ${'['.repeat(10_000)}${']'.repeat(10_000)}) { outcome } }`],
    ['many directives', `{ viewer ${times(10_000, () => '@include(if: true)')} { role } }`],
    [
      'fragments that multiply',
      `{ ...F0 } ${times(40, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F40 on Query { viewer { role } }`,
    ],
    [
      'fields in fragments',
      `{ ...F0 } ${times(59, (n) => `fragment F${n} on Query { ...F${n + 1} ${'viewer { role } '.repeat(12)} }`)} fragment F59 on Query { __typename }`,
    ],
    ['a long comment', `# ${'x'.repeat(300_000)}\n{ viewer { role } }`],
    ['300 reads', `{ ${times(300, (n) => `e${n}: entries(first: 100) { totalCount }`)} }`],
    // Each of them would run for minutes: the timeout fails the test.
  ])('%s', { timeout: 10_000 }, async (_, query) => {
    expect(await send(query)).toMatchObject(refused);
  });

  it('returns BAD_REQUEST when fragments form a cycle', async () => {
    const query = '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }';
    expect(await send(query)).toMatchObject({ codes: expect.arrayContaining(['BAD_REQUEST']), lookups: 0 });
  });

  it('accepts the introspection query of GraphiQL', async () => {
    const query = getIntrospectionQuery({
      inputValueDeprecation: true,
      schemaDescription: true,
      oneOf: true,
    });
    const { body } = await gateway.post(query);
    expect(body.errors).toBeUndefined();
    expect(body.data?.['__schema']).toBeDefined();
  });
});

/** A list of companies with this selection. */
const listOf = (selection: string) => `query Q($by: [CompanyKey!]!) { companies(by: $by) { ${selection} } }`;

describe('limits the size of a response before the operation runs', () => {
  const by = { by: keys(100) };
  const everything = allOf('CompanyResult');

  it('accepts a hundred companies when all their fields are selected', async () => {
    expect(await send(listOf(everything), by)).toEqual({ status: 200, codes: undefined, lookups: 100 });
  });

  it('accepts the reports of a year, and larger responses when more lookups are permitted', async () => {
    const months = times(
      11,
      (n) =>
        `m${n}: usage(from: "2026-${`${n + 1}`.padStart(2, '0')}-01", to: "2026-${`${n + 2}`.padStart(2, '0')}-01") { rows { lookups attempts found creditsCharged creditsSaved } }`,
    );
    expect(await send(`{ ${months} }`)).toMatchObject({ status: 200, codes: undefined });
    expect(operationLimits(1_000).valuesMax).toBe(10 * operationLimits(100).valuesMax);
  });

  it.each([
    ['raw by many names', listOf(`company { ${times(50, (n) => `a${n}: raw`)} }`), by],
    ['a list by many names', listOf(`company { ${times(600, (n) => `a${n}: keywords`)} }`), by],
    [
      'names within names',
      listOf(times(20, (n) => `a${n}: company { ${times(20, (m) => `b${m}: raw`)} }`)),
      by,
    ],
    [
      'by a fragment',
      `${listOf('company { ...F }')} fragment F on Company { ${times(50, (n) => `a${n}: raw`)} }`,
      by,
    ],
    [
      'under an interface',
      listOf(`... on LookupResult { receipt { attempts { ${times(1_000, (n) => `a${n}: code`)} } } }`),
      by,
    ],
    [
      'one import by many names',
      `mutation M($input: ImportUnlocksInput!) { ${times(10, (n) => `a${n}: importUnlocks(input: $input) { unparsedIdentifiers { line value } }`)} }`,
      { input: { connection: 'con_x', csv: 'id' } },
    ],
    [
      'the schema itself',
      `{ __schema { types { fields { ${times(2_000, (n) => `a${n}: description`)} } } } }`,
      {},
    ],
    [
      'rows of a report by many names',
      `{ usage(from: "2026-01-01", to: "2026-02-01", groupBy: [DAY]) { rows { ${times(600, (n) => `a${n}: lookups`)} } } }`,
      {},
    ],
    [
      'lists on a page by many names',
      `query Q($first: Int = 100) { unlocks(first: $first) { nodes { ${times(600, (n) => `a${n}: identifiers { value }`)} } } }`,
      {},
    ],
  ])('refuses %s', async (_, query, variables) => {
    expect(await send(query, variables)).toMatchObject(refused);
  });
});

describe('a body over the limit', () => {
  const huge = JSON.stringify({ query: '{ viewer { role } }', variables: { pad: 'x'.repeat(1_100_000) } });

  it('returns 413 when its length exceeds the limit', async () => {
    const { status, body } = await answered(
      await fetch(`${gateway.url}/graphql`, { method: 'POST', headers: headers(), body: huge }),
    );
    expect(status).toBe(413);
    expect(body.errors?.[0]?.extensions.code).toBe('LIMIT_EXCEEDED');
  });

  it('returns 413 when it is chunked, too', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(
        `${gateway.url}/graphql`,
        { method: 'POST', headers: headers() },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      request.on('error', reject);
      for (let at = 0; at < huge.length; at += 50_000) request.write(huge.slice(at, at + 50_000));
      request.end();
    });
    expect(status).toBe(413);
  });
});
