import { request } from 'node:http';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordChange } from '../../src/access/audit-log.js';
import type { Caller } from '../../src/access/caller.js';
import { createWorkspace } from '../../src/access/workspaces.js';
import { dataOf, startGateway, type TestGateway } from './start-gateway.js';

let gateway: TestGateway;
let admin: Caller;
beforeAll(async () => {
  gateway = await startGateway({ env: { TRUSTED_PROXIES: '127.0.0.0/8,::1' } });
  admin = await gateway.context.findCaller(gateway.token);
});
afterAll(() => gateway.close());

const exported = async (path: string, token = gateway.token): Promise<{ status: number; text: string }> => {
  const response = await fetch(`${gateway.url}/export/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: response.status, text: await response.text() };
};

type Event = Record<string, unknown> & { cursor: string; subject: string };
const events = async (query = ''): Promise<Event[]> => {
  const { text } = await exported(`audit.ndjson${query}`);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Event => JSON.parse(line));
};

const createToken =
  'mutation M($name: String!) { createToken(input: { name: $name, role: VIEWER }) { token { id } userErrors { code } } }';

// The secret of a token may end in characters of which the first starts a formula.
const read = (json = ''): unknown => (json === '' ? null : JSON.parse(json.replaceAll(/"'(?=['=+-])/g, '"')));

it('has the same changes in NDJSON, in CSV and in the API, also behind a cursor', async () => {
  for (const name of ['one', 'two', 'three']) await gateway.post(createToken, { name });
  const all = await events();
  expect(all.slice(0, 3).map(({ after }) => after)).toMatchObject([
    { name: 'three' },
    { name: 'two' },
    { name: 'one' },
  ]);
  const { text } = await exported('audit.csv');
  expect(text.startsWith('id,occurredAt,action,subject,byOperator,actor,')).toBe(true);
  const rows: Record<string, string>[] = parse(text, { columns: true });
  expect(rows.map(({ id, after }) => [id, read(after)])).toEqual(all.map(({ id, after }) => [id, after]));
  expect(await events(`?after=${all[1]?.cursor}`)).toEqual(all.slice(2));
  expect(await events('?action=token&byOperator=false&actor=bootstrap')).toEqual(
    all.filter(({ byOperator }) => byOperator === false),
  );

  const { edges, totalCount } = dataOf<{ edges: { cursor: string; node: Event }[]; totalCount: number }>(
    await gateway.post(
      '{ auditLog(first: 100) { totalCount edges { cursor node { id action subject actor before after byOperator role token { name } } } } }',
    ),
    'auditLog',
  );
  expect(totalCount).toBe(all.length);
  expect(edges.map(({ cursor, node }) => [cursor, node['id'], node['after']])).toEqual(
    all.map(({ cursor, id, after }) => [cursor, id, after]),
  );
  const node = await gateway.post(
    'query Q($id: ID!) { node(id: $id) { __typename ... on AuditEvent { action } } }',
    { id: all[0]?.['id'] },
  );
  expect(node.body.data?.['node']).toEqual({ __typename: 'AuditEvent', action: 'token.create' });
});

it('has the first start, by the operator, and no account or host of it', async () => {
  const first = (await events()).filter(({ byOperator }) => byOperator === true);
  expect(first.slice(-2).map(({ action, actor }) => [action, actor])).toEqual([
    ['token.create', 'start'],
    ['workspace.create', 'start'],
  ]);
  expect(Object.keys(first[0] ?? {})).not.toContain('host');
});

it('starts no formula in CSV when a name or a header would', async () => {
  await gateway.post(
    createToken,
    { name: '=HYPERLINK("http://x.example")' },
    { 'user-agent': '=1+1', 'x-request-id': '-2+3' },
  );
  const { text } = await exported('audit.csv');
  expect(text).toContain(`,'=1+1,`);
  expect(text).toContain(`,'-2+3,`);
  expect(text).not.toMatch(/[,"\n][=@+-]/);
});

it('has the address of the client behind a trusted proxy, and no line that a header forges', async () => {
  const body = JSON.stringify({ query: createToken, variables: { name: 'proxied' } });
  await new Promise<void>((resolve, reject) => {
    const sent = request(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${gateway.token}`,
        'x-forwarded-for': '203.0.113.9',
        // What HTTP allows of control characters and of bytes beyond ASCII.
        'user-agent': `evil\t"agent",${'x'.repeat(900)}\u{85}\u{a0}`,
        'x-request-id': 'forged id with spaces',
      },
    });
    sent.on('error', reject).on('response', (response) => response.resume().on('end', resolve));
    sent.end(body);
  });
  const [event] = await events('?action=token.create');
  expect(event).toMatchObject({ remoteAddress: '203.0.113.9', after: { name: 'proxied' } });
  expect(event?.['requestId']).toMatch(/^[0-9a-f-]{36}$/);
  expect(String(event?.['userAgent'])).toMatch(/^evil\u{fffd}"agent",x+…$/u);
  expect(String(event?.['userAgent']).length).toBeLessThanOrEqual(500);
});

it('is refused for another role, and has nothing of another workspace', async () => {
  for (const role of ['MANAGER', 'VIEWER'] as const) {
    const { status, text } = await exported('audit.csv', await gateway.tokenOf(role));
    expect([status, text]).toEqual([403, expect.stringContaining('FORBIDDEN')]);
  }
  const { secret } = await createWorkspace(gateway.context.database, { name: 'Other', plan: 'PRO' });
  const { text } = await exported('audit.ndjson', secret);
  expect(text.split('\n').filter((line) => line !== '')).toHaveLength(2);
  expect(text).not.toContain(admin.workspaceId);
});

it('refuses what it does not know when a parameter is misspelt or repeated', async () => {
  for (const query of [
    'actions=token',
    'action=nothing',
    'token=tok_1',
    'action=token&action=budget',
    'from=x',
  ]) {
    expect([query, (await exported(`audit.csv?${query}`)).status]).toEqual([query, 400]);
  }
});

it('streams a log of many pages whole', async () => {
  await gateway.context.database.db.transaction(async (tx) => {
    for (let at = 0; at < 450; at += 1) {
      await recordChange(tx, admin, {
        action: 'balance.record',
        subject: `many_${at}`,
        before: null,
        after: { credits: at },
      });
    }
  });
  const subjects = (await events('?action=balance')).map(({ subject }) => subject);
  expect(subjects).toEqual(Array.from({ length: 450 }, (_, at) => `many_${449 - at}`));
});
