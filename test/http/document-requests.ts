import { createHash } from 'node:crypto';
import { head, json, one, type Written } from './written-requests.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const persisted = (sha256Hash: unknown, version: unknown = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});
const get = (params: Record<string, string>, method = 'GET'): Buffer =>
  Buffer.from(
    head(null, {
      method,
      target: `/graphql?${new URLSearchParams(params).toString()}`,
      headers: { 'content-type': null },
    }),
  );

/** The document that the allowlist of the test has, by the id `role`. */
export const listedDocument = 'query Role { viewer { role } }';
const other = 'query Other { viewer { role } connections { totalCount } }';
const change = 'mutation Change { revokeToken(id: "tok_x") { userErrors { code message } } }';
const broken = 'query Broken { viewer { unknown } }';
const accept = { accept: 'application/graphql-response+json' };
const hashes: readonly unknown[] = [
  sha256(other).toUpperCase(),
  '__proto__',
  'constructor',
  'a'.repeat(500_000),
  `${'a'.repeat(63)}\r\nx-injected: 1`,
  '\u0000',
  '',
  7,
  null,
  { toString: 'x' },
  [sha256(other)],
];

/** Requests with hashes and ids of documents, in order: later ones find what earlier ones registered. */
export const documentRequests: readonly Written[] = [
  one('a hash before its document', json(persisted(sha256(other)))),
  one('the same in the other type', json(persisted(sha256(other)), { headers: accept })),
  one('a document with its hash', json({ query: other, ...persisted(sha256(other)) })),
  one('the same again', json({ query: other, ...persisted(sha256(other)) })),
  one('a hash after its document', json(persisted(sha256(other)))),
  one('a hash and another operation', json({ ...persisted(sha256(other)), operationName: 'None' })),
  one('a document with another hash', json({ query: change, ...persisted(sha256(other)) })),
  one('a change with its hash', json({ query: change, ...persisted(sha256(change)) })),
  one('a change by its hash', json(persisted(sha256(change)))),
  one(
    'a change by its hash, over GET',
    get({ extensions: JSON.stringify(persisted(sha256(change)).extensions) }),
  ),
  one('a hash over GET', get({ extensions: JSON.stringify(persisted(sha256(other)).extensions) })),
  one('a hash over HEAD', get({ extensions: JSON.stringify(persisted(sha256(other)).extensions) }, 'HEAD')),
  one('extensions over GET that are no JSON', get({ extensions: '{' })),
  one('a wrong document with its hash', json({ query: broken, ...persisted(sha256(broken)) })),
  one('a wrong document by its hash', json(persisted(sha256(broken)))),
  one('a document by its documentId', json({ documentId: `sha256:${sha256(other)}` })),
  one('a documentId over GET', get({ documentId: `sha256:${sha256(other)}` })),
  one('a listed document by its id', json({ documentId: 'role', variables: {} })),
  one('the same over GET', get({ documentId: 'role' })),
  one('the same with Relay', json({ doc_id: 'role', operationName: null })),
  one('a document and an id', json({ query: listedDocument, documentId: 'role' })),
  one('an unknown id', json({ id: 'unknown' })),
  one('an id that is a number', json({ documentId: 7 })),
  one('a listed document by its text', json({ query: listedDocument })),
  one('a listed document with spaces', json({ query: ` ${listedDocument}` })),
  one('introspection alone', json({ query: '{ __schema { description } }' })),
  one('introspection with more', json({ query: '{ __schema { description } viewer { role } }' })),
  one('another version', json(persisted(sha256(other), 2))),
  one('no object', json({ extensions: { persistedQuery: 'x' } })),
  one('a list of them', json({ extensions: [persisted(sha256(other))] })),
  ...hashes.flatMap((hash, at) => [
    one(`an unusual hash ${at}`, json(persisted(hash))),
    one(`an unusual hash ${at} with a document`, json({ query: other, ...persisted(hash) })),
  ]),
  one('a hash without a token', json(persisted(sha256(other)), { headers: { authorization: null } })),
  ...['https://app.example.com', 'https://evil.example', 'null'].flatMap((origin) => [
    one(`a result for ${origin}`, json({ query: listedDocument }, { headers: { origin } })),
    one(`a fault for ${origin}`, json({ query: broken }, { headers: { origin } })),
    one(`no token for ${origin}`, json({ query: other }, { headers: { origin, authorization: null } })),
    one(
      `a preflight for ${origin}`,
      Buffer.from(
        head(null, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } }),
      ),
    ),
  ]),
];
