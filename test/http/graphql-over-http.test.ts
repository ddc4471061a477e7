import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from './start-gateway.js';

let fast: TestGateway;
let plain: TestGateway;
beforeAll(async () => {
  [fast, plain] = await Promise.all([startGateway(), startGateway({ fastPath: false })]);
});
afterAll(() => Promise.all([fast.close(), plain.close()]));

const authorized = (gateway: TestGateway, init: RequestInit = {}): RequestInit => {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${gateway.token}`);
  return { ...init, headers };
};

describe('passes the audits of graphql-http', () => {
  // Their names and number do not depend on the server.
  const names = serverAudits({ url: 'http://localhost/graphql' }).map(({ name }) => name);
  it.each(names)('%s', async (name) => {
    for (const gateway of [fast, plain]) {
      const audits = serverAudits({
        url: `${gateway.url}/graphql`,
        fetchFn: (url: string, init?: RequestInit) => fetch(url, authorized(gateway, init)),
      });
      const result = await audits.find((audit) => audit.name === name)?.fn();
      expect(result).toMatchObject({ status: 'ok' });
    }
  });
});

const types = ['application/json', 'application/graphql-response+json'] as const;
const post = async (accept: string, body: unknown, more: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answers = [fast, plain].map(async (gateway) => {
    const headers = { accept, 'content-type': 'application/json', ...more };
    const response = await fetch(
      `${gateway.url}/graphql`,
      authorized(gateway, { method: 'POST', headers, body: text }),
    );
    const { errors } = await response.json().catch(() => ({}));
    return {
      status: response.status,
      type: response.headers.get('content-type')?.split(';')[0],
      code: errors?.[0]?.extensions?.code ?? null,
    };
  });
  const [first, second] = await Promise.all(answers);
  expect(first).toEqual(second);
  return first;
};

describe('responds with the status of the specification when', () => {
  it.each<[string, unknown, number, number, string | null]>([
    ['the operation runs', { query: '{ viewer { role } }' }, 200, 200, null],
    ['a field has an error', { query: '{ a: entries(first: 0) { totalCount } }' }, 200, 200, 'BAD_REQUEST'],
    ['the document has a syntax error', { query: '{ viewer {' }, 200, 400, 'BAD_REQUEST'],
    ['a field is unknown', { query: '{ viewer { unknown } }' }, 200, 400, 'BAD_REQUEST'],
    [
      'a variable is missing',
      { query: 'query A($id: ID!) { node(id: $id) { id } }' },
      200,
      400,
      'BAD_REQUEST',
    ],
    [
      'a variable has another type',
      { query: 'query A($n: Int) { entries(first: $n) { totalCount } }', variables: { n: 'x' } },
      200,
      400,
      'BAD_REQUEST',
    ],
    [
      'no operation has the name',
      { query: 'query A { __typename }', operationName: 'B' },
      200,
      400,
      'BAD_REQUEST',
    ],
    [
      'several have none',
      { query: 'query A { __typename } query B { __typename }' },
      200,
      400,
      'BAD_REQUEST',
    ],
    ['the document is empty', { query: '' }, 200, 400, 'BAD_REQUEST'],
    ['the body is broken JSON', '{ "query', 400, 400, 'BAD_REQUEST'],
    ['the body is a list', '[{"query":"{ __typename }"}]', 400, 400, 'BAD_REQUEST'],
    ['the query is missing', {}, 400, 400, 'BAD_REQUEST'],
    ['variables are a text', { query: '{ __typename }', variables: '{"a":1}' }, 400, 400, 'BAD_REQUEST'],
    ['a limit is exceeded', { query: `{ ${'a '.repeat(12_001)} }` }, 400, 400, 'LIMIT_EXCEEDED'],
  ])('%s', async (_, body, ofJson, ofGraphql, code) => {
    expect(await post(types[0], body)).toEqual({ status: ofJson, type: types[0], code });
    expect(await post(types[1], body)).toEqual({ status: ofGraphql, type: types[1], code });
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/xml', 415],
    ['application/jsonx', 415],
    ['Application/JSON', 200],
    ['application/json; charset="UTF-8"', 200],
    ['application/json, text/plain', 200],
  ])('the body is %s', async (type, status) => {
    const answer = await post(types[0], { query: '{ __typename }' }, { 'content-type': type });
    expect(answer).toMatchObject({ status, code: status === 200 ? null : 'BAD_REQUEST' });
  });

  it.each([
    ['*/*', types[0]],
    ['application/*', types[0]],
    ['APPLICATION/JSON', types[0]],
    ['application/graphql-response+json, application/json;q=0.9', types[1]],
    ['application/graphql-response+json;q=0.1, application/json', types[0]],
    ['text/html;q=0.9, application/graphql-response+json;q=0.5, */*;q=0.1', types[1]],
    ['application/json;q=0, application/graphql-response+json', types[1]],
    ['application/json; charset=utf-16, */*;q=0.1', types[0]],
  ])('the request accepts %s', async (accept, type) => {
    expect(await post(accept, { query: '{ __typename }' })).toMatchObject({ status: 200, type });
  });

  it.each(['image/png', 'application/json; charset=utf-16', 'application/json;q=0'])(
    'the request accepts only %s, and runs nothing',
    async (accept) => {
      const name = `by-${accept}`;
      const query = `mutation { createToken(input: { name: "${name}", role: VIEWER }) { secret } }`;
      expect(await post(accept, { query })).toMatchObject({ status: 406, code: 'BAD_REQUEST' });
      const { body } = await fast.post('{ tokens { nodes { name } } }');
      expect(JSON.stringify(body)).not.toContain(name);
    },
  );
});

it.each(['variables', 'extensions'])('refuses %s that are no JSON in a URL or a form', async (name) => {
  const parameters = new URLSearchParams({ query: '{ __typename }', [name]: '{' });
  const headers = { authorization: `Bearer ${fast.token}` };
  const responses = await Promise.all([
    fetch(`${fast.url}/graphql?${parameters.toString()}`, { headers }),
    fetch(`${fast.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, 'x-graphql-yoga-csrf': '1' },
      body: parameters,
    }),
  ]);
  for (const response of responses) {
    const body: unknown = JSON.parse(await response.text());
    expect([response.status, body]).toMatchObject([
      400,
      { errors: [{ message: expect.stringContaining('must be JSON'), extensions: { code: 'BAD_REQUEST' } }] },
    ]);
  }
});

it('refuses a mutation by GET when it is in the URL', async () => {
  const query = encodeURIComponent('mutation { revokeToken(id: "x") { userErrors { code } } }');
  const response = await fetch(`${fast.url}/graphql?query=${query}`, authorized(fast));
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST');
});
