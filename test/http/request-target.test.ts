import { afterAll, beforeAll, expect, it } from 'vitest';
import { pathOf, queryOf } from '../../src/http/request-target.js';
import { type RawAnswer, sendRaw } from './send-raw.js';
import { startGateway, type TestGateway } from './start-gateway.js';
import { head, json } from './written-requests.js';

it.each([
  ['/graphql', '/graphql'],
  ['/graphql/', '/graphql'],
  ['//graphql', '/graphql'],
  ['///graphql//', '/graphql'],
  ['/./graphql', '/graphql'],
  ['/a/../graphql', '/graphql'],
  ['/graphql?a=1', '/graphql'],
  ['/graphql/?a=/b/', '/graphql'],
  ['/%67raph%71l', '/graphql'],
  ['http://gateway.example/graphql', '/graphql'],
  ['HTTPS://gateway.example:8443/graphql/?a=1', '/graphql'],
  ['http://gateway.example', '/'],
  ['//export//entries.csv/', '/export/entries.csv'],
  ['/', '/'],
  ['//', '/'],
  ['/GraphQL', '/GraphQL'],
  ['/graphql%2Fx', '/graphql%2Fx'],
  ['/graphql%20', '/graphql%20'],
  ['/%', '/%'],
  ['*', '*'],
  ['gateway.example:443', '443'],
  ['', ''],
])('finds the path when the target is %s', (target, path) => {
  expect(pathOf(target)).toBe(path);
});

it.each([
  ['/graphql', ''],
  ['/graphql?a=1&b=%20', '?a=1&b=%20'],
  ['http://a/graphql?a=1?b#c', '?a=1?b'],
])('finds the query when the target is %s', (target, query) => {
  expect(queryOf(target)).toBe(query);
});

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const send = async (bytes: Buffer): Promise<RawAnswer | undefined> => {
  const written = Buffer.from(bytes.toString('latin1').replace('{token}', gateway.token), 'latin1');
  const [answer] = await sendRaw(gateway.url, { pieces: [written] });
  return answer;
};

const around = (path: string): string[] => [
  `${path}/`,
  `/${path}`,
  `/.${path}`,
  `http://gateway.example${path}`,
  path.replace('e', '%65').replace('g', '%67'),
];

it.each(around('/graphql'))('runs an operation when the target is %s', async (target) => {
  const answer = await send(json({ query: '{ viewer { role } }' }, { target }));
  expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('"role":"ADMIN"') });
});

it('runs a query of a URL when the path has a slash at its end', async () => {
  const target = '/graphql/?query=%7Bviewer%7Brole%7D%7D';
  const answer = await send(Buffer.from(head(null, { method: 'GET', target })));
  expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('"role":"ADMIN"') });
});

it.each([
  '/healthz',
  '/readyz',
  '/metrics',
  '/export/entries.csv',
  '/export/usage.ndjson?from=2026-01-01&to=2026-02-01',
])('serves %s by each spelling', async (path) => {
  const [bare = '', query] = path.split('?');
  for (const target of around(bare)) {
    const full = query === undefined ? target : `${target}?${query}`;
    const answer = await send(Buffer.from(head(null, { method: 'GET', target: full })));
    expect({ full, status: answer?.status }).toEqual({ full, status: 200 });
  }
});

it.each(['/GRAPHQL', '/graphql/x', '/graphql%2f', '*'])(
  'returns 404 when the target is %s',
  async (target) => {
    expect(await send(json({ query: '{ viewer { role } }' }, { target }))).toMatchObject({
      status: 404,
      body: expect.stringContaining('POST /graphql'),
    });
  },
);
