import { request as httpRequest } from 'node:http';
import { createClient, fetchExchange } from '@urql/core';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { snippetsIn } from './snippets.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

type Sent = { method?: string; path?: string; headers: Record<string, string>; body?: string };

/** Sends exactly these headers and bytes, which `fetch` would add to. */
const send = ({ method = 'POST', path = '/graphql', headers, body = '' }: Sent) =>
  new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    const length = method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = { authorization: `Bearer ${gateway.token}`, ...headers, ...length };
    httpRequest(`${gateway.url}${path}`, { method, headers: sent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const isJson = response.headers['content-type']?.includes('json') === true;
        resolve({ status: response.statusCode ?? 0, body: isJson ? JSON.parse(text) : text });
      });
    })
      .on('error', reject)
      .end(body);
  });

const lookUp =
  'query LookUp($domain: String!) { company(by: { domain: $domain }) { outcome company { name } problem { code } } }';
const plain = `{ company(by: { domain: "${flagship.domain}" }) { outcome company { name } problem { code } } }`;
const variables = { domain: flagship.domain };
const found = {
  status: 200,
  body: { data: { company: { outcome: 'FOUND', company: { name: flagship.name }, problem: null } } },
};

describe('the GraphQL node of n8n', () => {
  // What helpers.request sends with `json: true`, and without.
  const json = {
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': 'axios/1.12.0',
  };
  const text = {
    accept:
      'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, image/*;q=0.8, */*;q=0.7',
  };

  it.each<[string, Sent]>([
    [
      'in the format JSON',
      { headers: json, body: JSON.stringify({ query: lookUp, variables, operationName: null }) },
    ],
    [
      'of version 1.0, with an empty operation name',
      { headers: json, body: JSON.stringify({ query: plain, variables: null, operationName: '' }) },
    ],
    [
      'with variables that are empty',
      { headers: json, body: JSON.stringify({ query: plain, variables: {}, operationName: null }) },
    ],
    [
      'with an operation name',
      { headers: json, body: JSON.stringify({ query: lookUp, variables, operationName: 'LookUp' }) },
    ],
    ['in the format GraphQL', { headers: { ...text, 'content-type': 'application/graphql' }, body: plain }],
  ])('finds a company when it sends %s', async (_, sent) => {
    expect(await send(sent)).toMatchObject(found);
  });

  it('gets a problem that names POST when its request method is GET', async () => {
    const query = plain.replace(flagship.domain, 'never-looked-up.example');
    const path = `/graphql?query=${encodeURIComponent(query)}`;
    const headers = { ...text, 'content-type': 'application/json' };
    expect(await send({ method: 'GET', path, headers })).toMatchObject({
      status: 200,
      body: { data: { company: { outcome: 'REFUSED', problem: { code: 'SPENDING_REQUIRES_POST' } } } },
    });
  });

  it('sends a valid query when the node of the page is pasted', async () => {
    const { nodes } = JSON.parse(snippetsIn('n8n', 'json')[0] ?? '');
    const { query, requestMethod, requestFormat } = nodes[0].parameters;
    expect([requestMethod, requestFormat]).toEqual(['POST', 'json']);
    const body = JSON.stringify({ query, variables, operationName: null });
    const headers = { ...json, 'Idempotency-Key': '1024-Look up a company-0' };
    const first = await send({ headers, body });
    expect(first).toMatchObject(found);
    expect(await send({ headers, body })).toEqual(first);
  });
});

describe('the GraphQL resource of Retool', () => {
  const headers = {
    'content-type': 'application/json',
    accept: '*/*',
    'user-agent': 'Retool/2.0 (+https://docs.tryretool.com/docs/apis)',
    'x-retool-forwarded-for': '203.0.113.7',
    'accept-encoding': 'identity',
    'x-workflow': 'retool',
  };

  it('finds a company', async () => {
    expect(await send({ headers, body: JSON.stringify({ query: lookUp, variables }) })).toMatchObject(found);
  });

  it('reads the schema, against which its editor validates', async () => {
    const body = JSON.stringify({
      operationName: 'IntrospectionQuery',
      variables: {},
      query: getIntrospectionQuery(),
    });
    const answer = await send({ headers, body });
    const { data }: { data: IntrospectionQuery } = JSON.parse(JSON.stringify(answer.body));
    expect(validate(buildClientSchema(data), parse(lookUp))).toEqual([]);
  });
});

const lookUpBy = (domain: string, options: { preferGetMethod?: false }) =>
  createClient({
    url: `${gateway.url}/graphql`,
    exchanges: [fetchExchange],
    fetchOptions: () => ({ headers: { authorization: `Bearer ${gateway.token}` } }),
    ...options,
  })
    .query(lookUp, { domain })
    .toPromise();

describe('urql', () => {
  it('gets a problem that names POST when it sends a new record over GET, as it does by default', async () => {
    const domain = 'tallowmereinstruments.example';
    const { data, error } = await lookUpBy(domain, {});
    expect([error, data]).toMatchObject([
      undefined,
      { company: { outcome: 'REFUSED', problem: { code: 'SPENDING_REQUIRES_POST' } } },
    ]);
    const posted = await lookUpBy(domain, { preferGetMethod: false });
    expect(posted.data).toMatchObject({ company: { problem: null } });
  });

  it('reads a bought record over GET', async () => {
    await gateway.post(lookUp, variables);
    expect((await lookUpBy(flagship.domain, {})).data).toMatchObject(found.body.data);
  });
});
