import { gzipSync } from 'node:zlib';
import { chunked, head, json, one, whole, type Written } from './written-requests.js';

const viewer = { query: '{ viewer { role } }' };
const text = JSON.stringify(viewer);
const header = (name: string, value: string | readonly string[] | null) => ({ headers: { [name]: value } });
/** The default of REQUEST_BODY_BYTES_MAX. */
const bytesMax = 1_000_000;
const ofBytes = (size: number): string => text.padEnd(size, ' ');

const bodies: readonly (readonly [string, string | Buffer])[] = [
  ['nothing', ''],
  ['space', '  \n'],
  ['broken JSON', '{"query": '],
  ['two values', `${text}${text}`],
  ['null', 'null'],
  ['false', 'false'],
  ['a number', '7'],
  ['a string', '"{ viewer { role } }"'],
  ['an empty list', '[]'],
  ['a batch', `[${text},${text}]`],
  ['a batch of nothing valid', '[null]'],
  ['an empty object', '{}'],
  ['a byte order mark', `\uFEFF${text}`],
  [
    'bytes that are no UTF-8',
    Buffer.concat([
      Buffer.from('{"query":"{ viewer { role } } # '),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('"}'),
    ]),
  ],
  ['half a pair', '{"query":"{ viewer { role } } # \\ud83d"}'],
  ['NUL', `${text}\0`],
  ['the same twice', '{"query":"{ unknown }","query":"{ viewer { role } }"}'],
  ['__proto__', '{"query":"{ viewer { role } }","__proto__":{"variables":{"a":1}},"constructor":1}'],
  ['a query in a list', '{"query":["{ viewer { role } }"]}'],
  ['a query that is null', '{"query":null}'],
  ['an empty query', '{"query":""}'],
  ['variables in a text', '{"query":"{ viewer { role } }","variables":"{}"}'],
  ['variables in a list', '{"query":"{ viewer { role } }","variables":[]}'],
  ['variables of nobody', '{"query":"{ viewer { role } }","variables":{"a":{"__proto__":1}}}'],
  [
    'lists in lists',
    `{"query":"{ viewer { role } }","variables":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`,
  ],
  ['an unknown escape', '{"query":"\\x"}'],
  ['no end of a string', '{"query":"{ viewer'],
];

const documents: readonly (readonly [string, string])[] = [
  ['a syntax error', '{ viewer { role '],
  ['a syntax error again', '{ viewer { role '],
  ['a bad letter', '{ viewer \u0007 }'],
  ['300 aliases', `{ ${Array.from({ length: 300 }, (_, index) => `a${index}: viewer { role }`).join(' ')} }`],
  ['201 fields of one name', `{ ${'viewer { role } '.repeat(201)} }`],
  [
    '101 asks',
    `{ ${Array.from({ length: 101 }, (_, index) => `a${index}: company(by: { id: "f1" }) { outcome }`).join(' ')} }`,
  ],
  ['brackets without end', '{'.repeat(400)],
  ['values without end', `{ node(id: ${'['.repeat(100)}`],
  ['a circle', '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }'],
  [
    'fragments that multiply',
    `{ ...f0 } ${Array.from({ length: 20 }, (_, index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`).join(' ')} fragment f20 on Query { __typename }`,
  ],
  ['too many tokens', `{ ${'a '.repeat(12_001)} }`],
  ['a long comment', `{ viewer { role } } #${'x'.repeat(200_000)}`],
  [
    'introspection of great depth',
    `{ __schema { types ${'{ fields { type '.repeat(15)} { name } ${'} }'.repeat(15)} } }`,
  ],
  ['a directive of nobody', '{ viewer @unknown { role } }'],
  ['@defer', '{ ... @defer { viewer { role } } }'],
  ['a variable of nobody', 'query A($a: Unknown) { viewer { role } }'],
  ['a variable that is missing', 'query A($id: ID!) { node(id: $id) { id } }'],
  ['a malformed id', '{ node(id: "con_malformed") { id } }'],
  [
    'a mutation beside a query',
    'mutation { a: revokeToken(id: "tok_1") { userErrors { code } } } query B { __typename }',
  ],
  ['a definition of a type', 'type A { b: Int }'],
];

const tokens: readonly (readonly [string, string | readonly string[] | null])[] = [
  ['no token', null],
  ['an empty token', ''],
  ['a wrong token', `Bearer fgw_${'x'.repeat(43)}`],
  ['a token of no shape', 'Bearer malformed'],
  ['another scheme', 'Basic Zm9vOmJhcg=='],
  ['no scheme', '{token}'],
  ['small letters', 'bearer {token}'],
  ['spaces', 'Bearer    {token}   '],
  ['two tokens in one', 'Bearer {token}, Bearer {token}'],
  ['two tokens', ['Bearer {token}', `Bearer fgw_${'x'.repeat(43)}`]],
  ['two tokens, the wrong one first', [`Bearer fgw_${'x'.repeat(43)}`, 'Bearer {token}']],
  ['a token in high letters', 'Bearer \u00e9\u00ff'],
];

const targets = [
  '/graphql?a=1',
  '/graphql?',
  '/graphql/',
  '//graphql',
  '/graphql/health',
  '/GRAPHQL',
  '/graphql%20',
  '/graphql#a',
  'http://gateway.example/graphql',
  '*',
];

const lengths: readonly (readonly [string, string | readonly string[] | null])[] = [
  ['two lengths', [String(text.length), String(text.length)]],
  ['two lengths that differ', [String(text.length), '3']],
  ['a length below zero', '-1'],
  ['a length with a sign', `+${text.length}`],
  ['a length in hex', '0x1b'],
  ['a length of nothing', ''],
  ['no length', null],
  ['a length too short', '5'],
  ['a length beyond numbers', '99999999999999999999'],
];

/** Malformed and malicious requests. */
export const hostileRequests: readonly Written[] = [
  ...bodies.map(([name, body]) => one(`a body of ${name}`, whole(body))),
  ...documents.map(([name, query]) => one(`a document with ${name}`, json({ query }))),
  ...tokens.map(([name, value]) => one(name, json(viewer, header('authorization', value)))),
  one(
    'a token in a cookie',
    json(viewer, { headers: { authorization: null, cookie: 'authorization=Bearer {token}' } }),
  ),
  one('broken JSON without a token', whole('{', header('authorization', null))),
  ...targets.map((target) => one(`target ${target}`, json(viewer, { target }))),
  // Bytes after a body that is too long for its length are read as another request; missing bytes are not waited for.
  ...lengths.map(([name, value]) => ({
    name,
    raw: { pieces: [whole(text, header('content-length', value))], afterwards: 'SHUT' as const },
  })),
  one('a length with a zero', whole(text, header('content-length', `0${text.length}`))),
  // Its body never arrives, and the server does not wait for it.
  one('a length too large', whole(text, header('content-length', `${bytesMax + 1}`))),
  one('the most bytes', whole(ofBytes(bytesMax))),
  one('one byte too many', whole(ofBytes(bytesMax + 1))),
  one(
    'one byte too many in chunks',
    Buffer.concat([
      Buffer.from(head(null, header('transfer-encoding', 'chunked'))),
      chunked(ofBytes(bytesMax + 1), 60_000),
    ]),
  ),
  one(
    'the most bytes in chunks',
    Buffer.concat([
      Buffer.from(head(null, header('transfer-encoding', 'chunked'))),
      chunked(ofBytes(bytesMax), 60_000),
    ]),
  ),
  one(
    'a length and chunks',
    Buffer.concat([Buffer.from(head(5, header('transfer-encoding', 'chunked'))), chunked(text)]),
  ),
  {
    name: 'malformed chunks',
    raw: { pieces: [`${head(null, header('transfer-encoding', 'chunked'))}zz\r\n`], afterwards: 'SHUT' },
  },
  {
    name: 'chunks that are cut',
    raw: { pieces: [`${head(null, header('transfer-encoding', 'chunked'))}ff\r\n{`], afterwards: 'SHUT' },
  },
  one('gzip', whole(gzipSync(text), header('content-encoding', 'gzip'))),
  one('gzip in name only', whole(text, header('content-encoding', 'gzip'))),
  one('identity', whole(text, header('content-encoding', 'identity'))),
  one('an expectation of nobody', whole(text, header('expect', '200-maybe'))),
  one('an upgrade', whole(text, { headers: { upgrade: 'h2c', connection: 'upgrade, close' } })),
  one('a trailer', whole(text, header('trailer', 'x-late'))),
  one('no host', whole(text, header('host', null))),
  one('an empty host', whole(text, header('host', ''))),
  ...['a b:c/d?e', 'a/b', 'a?b', 'a#b', 'a:99999', 'u:p@a', '[::1]', '[', 'a, b'].map((host) =>
    one(`the host ${host}`, whole(text, header('host', host))),
  ),
  one('two hosts', whole(text, header('host', ['a', 'b']))),
  one(
    'headers of odd names',
    whole(text, { headers: { __proto__: 'x', constructor: 'y', 'x-graphql-yoga-csrf': '' } }),
  ),
  one('headers without end', whole(text, header('x-long', 'x'.repeat(20_000)))),
  one('a line break in a header', whole(text, header('x-workflow', 'a\r\n b'))),
  one('no HTTP', Buffer.from('hello\r\n\r\n')),
  { name: 'half a body and an end', raw: { pieces: [`${head(text.length)}{"query"`], afterwards: 'SHUT' } },
  {
    name: 'half a body and an end, without a token',
    raw: { pieces: [`${head(text.length, header('authorization', null))}{"query"`], afterwards: 'SHUT' },
  },
  { name: 'half a body and gone', raw: { pieces: [`${head(text.length)}{"query"`], afterwards: 'CUT' } },
  { name: 'headers and gone', raw: { pieces: [head(text.length)], afterwards: 'CUT' } },
  { name: 'all said and gone', raw: { pieces: [whole(text)], afterwards: 'CUT' } },
  {
    name: 'a good one behind a bad one',
    raw: {
      pieces: [
        Buffer.concat([
          whole('{', { keepAlive: true }),
          whole('[]', { keepAlive: true }),
          json(viewer, { keepAlive: true, headers: { authorization: null } }),
          json(viewer),
        ]),
      ],
    },
  },
  {
    name: 'too large, and a good one behind it',
    raw: { pieces: [whole(ofBytes(bytesMax + 1), { keepAlive: true }), json(viewer)] },
  },
];
