import { flagship } from '../../src/sandbox/samples.js';
import { accepting, chunked, head, json, one, whole, type Written } from './written-requests.js';

const viewer = { query: '{ viewer { role } }' };
const faulty = { query: '{ viewer { unknown } }' };
const lookUp = `query LookUp($domain: String!, $wide: Boolean = false) {
  company(by: { domain: $domain }) {
    outcome problem { code message } receipt { charge creditsCharged fromSnapshot }
    company { id name domain locations identifiers @include(if: $wide) { abn } nextGen { website } raw }
  }
}`;
const many = `query Many($by: [CompanyKey!]!) { companies(by: $by) { outcome problem { code } company { name } } }`;
const connect = `mutation Connect($name: String!) {
  createConnection(input: { provider: FIRMABLE, name: $name, key: "fbl_sandbox_parity" }) {
    connection { id name keyHint } userErrors { code message field }
  }
}`;
const companies = (count: number) => Array.from({ length: count }, () => ({ id: flagship.id }));
const accepts = [
  null,
  '',
  '*/*',
  'application/*',
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json;q=0.9',
  'application/json, application/graphql-response+json',
  'application/json, text/plain, */*',
  'text/event-stream',
  'multipart/mixed',
  'application/json, text/event-stream',
  'text/html',
  'image/png',
  'APPLICATION/JSON',
];
const contentTypes = [
  null,
  '',
  'application/json',
  'Application/JSON',
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'application/json; charset=utf-16',
  'application/json, text/plain',
  'application/jsonx',
  'application/graphql+json',
  'application/graphql',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
];

/** The requests of ordinary clients, in order: later ones find what earlier ones bought and created. */
export const usualRequests: readonly Written[] = [
  one('a connection', json({ query: connect, variables: { name: 'parity' } })),
  one('the same name again', json({ query: connect, variables: { name: 'parity' } })),
  one('a new record', json({ query: lookUp, variables: { domain: flagship.domain } })),
  one('the same once more', json({ query: lookUp, variables: { domain: flagship.domain, wide: true } })),
  one(
    'a record that is not there',
    json({ query: lookUp, variables: { domain: 'nobody-has-this.example' } }),
  ),
  one('a malformed domain', json({ query: lookUp, variables: { domain: 'no domain' } })),
  one('a list', json({ query: many, variables: { by: [{ domain: flagship.domain }, { abn: '1' }] } })),
  one('a list of 100', json({ query: many, variables: { by: companies(100) } })),
  one('a list of 101', json({ query: many, variables: { by: companies(101) } })),
  one(
    'a limit of 0',
    json({ query: lookUp, variables: { domain: 'a.example' } }, { headers: { 'x-max-credits': '0' } }),
  ),
  one('a limit of no number', json(viewer, { headers: { 'x-max-credits': 'five' } })),
  one('two limits', json(viewer, { headers: { 'x-max-credits': ['5', '6'] } })),
  one('a workflow', json(viewer, { headers: { 'x-workflow': 'crm-sync' } })),
  one(
    'a workflow in UTF-8',
    json(viewer, { headers: { 'x-workflow': Buffer.from('Füllung').toString('latin1') } }),
  ),
  one('a workflow of nothing', json(viewer, { headers: { 'x-workflow': ' ' } })),
  one(
    'a key of its own',
    json(
      { query: lookUp, variables: { domain: flagship.domain } },
      { headers: { 'x-firmable-key': 'fbl_sandbox_mine' } },
    ),
  ),
  one(
    'a key that is none',
    json(
      { query: lookUp, variables: { domain: flagship.domain } },
      { headers: { 'x-firmable-key': 'malformed' } },
    ),
  ),
  ...['first', 'repeated'].map((name) =>
    one(
      `an idempotent change, ${name}`,
      json({ query: connect, variables: { name: 'once' } }, { headers: { 'idempotency-key': 'k1' } }),
    ),
  ),
  one(
    'another change under its key',
    json({ query: connect, variables: { name: 'twice' } }, { headers: { 'idempotency-key': 'k1' } }),
  ),
  one(
    'two idempotency keys',
    json({ query: connect, variables: { name: 'x' } }, { headers: { 'idempotency-key': ['a', 'b'] } }),
  ),
  one(
    'an idempotency key of nothing',
    json({ query: connect, variables: { name: 'y' } }, { headers: { 'idempotency-key': '' } }),
  ),
  one(
    'an operation of several',
    json({ query: 'query A { viewer { role } } query B { __typename }', operationName: 'B' }),
  ),
  one('one of several that is not there', json({ query: 'query A { viewer { role } }', operationName: 'C' })),
  one('several and no name', json({ query: 'query A { viewer { role } } query B { __typename }' })),
  one('an empty name', json({ ...viewer, operationName: '' })),
  one('a name that is a number', json({ ...viewer, operationName: 7 })),
  one('nulls', json({ ...viewer, operationName: null, variables: null, extensions: null })),
  one('extensions', json({ ...viewer, extensions: { persistedQuery: { version: 1 } } })),
  one('extensions in a list', json({ ...viewer, extensions: [] })),
  one('an unknown parameter', json({ ...viewer, doc_id: '7' })),
  one('introspection', json({ query: '{ __schema { types { name kind fields { name type { name } } } } }' })),
  one('emoji and NUL', json({ query: lookUp, variables: { domain: '😀\u0000\ud800.example' } })),
  one('a comment in UTF-8', json({ query: '# größer 😀\n{ viewer { role } }' })),
  one(
    'a mutation that is refused',
    json({ query: 'mutation { revokeToken(id: "tok_x") { userErrors { code message } } }' }),
  ),
  one('a subscription', json({ query: 'subscription { viewer { role } }' })),
  ...accepts.flatMap((accept) => [
    accepting(`accept ${accept}`, accept, json(viewer, { headers: { accept } })),
    accepting(`accept ${accept}, and a fault`, accept, json(faulty, { headers: { accept } })),
    accepting(
      `accept ${accept}, and no token`,
      accept,
      json(viewer, { headers: { accept, authorization: null } }),
    ),
  ]),
  ...contentTypes.map((type) =>
    one(`content-type ${type}`, json(viewer, { headers: { 'content-type': type } })),
  ),
  one(
    'content-type twice',
    json(viewer, { headers: { 'content-type': ['application/json', 'text/plain'] } }),
  ),
  one(
    'a form',
    whole('query=%7B__typename%7D', {
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-graphql-yoga-csrf': '1' },
    }),
  ),
  one(
    'a document alone',
    whole('{ viewer { role } }', { headers: { 'content-type': 'application/graphql' } }),
  ),
  one('HTTP/1.0', json(viewer, { version: '1.0' })),
  one(
    'chunks',
    Buffer.concat([
      Buffer.from(head(null, { headers: { 'transfer-encoding': 'chunked' } })),
      chunked(JSON.stringify(viewer)),
    ]),
  ),
  one('expecting 100-continue', json(viewer, { headers: { expect: '100-continue' } })),
  ...['GET', 'HEAD'].flatMap((method) => [
    one(
      method,
      Buffer.from(
        head(null, {
          method,
          target: '/graphql?query=%7Bviewer%7Brole%7D%7D',
          headers: { 'content-type': null },
        }),
      ),
    ),
    one(
      `${method} of a change`,
      Buffer.from(
        head(null, {
          method,
          target: `/graphql?query=${encodeURIComponent('mutation{revokeToken(id:"x"){userErrors{code}}}')}`,
        }),
      ),
    ),
    one(`${method} of nothing`, Buffer.from(head(null, { method }))),
  ]),
  ...['PUT', 'DELETE', 'OPTIONS', 'PATCH'].map((method) => one(method, json(viewer, { method }))),
  // Cut at every byte, also inside a character.
  {
    name: 'a body in pieces',
    raw: { pieces: [json({ query: connect, variables: { name: 'größer 😀' } })], pieceBytes: 7 },
  },
  one('letters beyond ASCII', json({ query: connect, variables: { name: 'größer 😀 again' } })),
  {
    name: 'three in one piece',
    raw: {
      pieces: [
        Buffer.concat([
          json({ query: lookUp, variables: { domain: flagship.domain } }, { keepAlive: true }),
          json(faulty, { keepAlive: true }),
          json(viewer),
        ]),
      ],
    },
  },
  {
    name: 'a plain one behind one that is not',
    raw: {
      pieces: [
        Buffer.concat([
          json(viewer, { keepAlive: true, headers: { accept: 'text/event-stream' } }),
          json(viewer),
        ]),
      ],
    },
  },
  one('all said, and reading on', json(viewer)),
];
