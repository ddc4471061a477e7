import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/ids.js';
import { createWorkspace } from '../support/workspace.js';
import { saveView } from '../../src/saved-views/save-view.js';
import { listViews } from '../../src/saved-views/read-views.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
const tokens = new Map<string, string>();
beforeAll(async () => {
  gateway = await startGateway();
  for (const role of ['MANAGER', 'MEMBER', 'INTEGRATION', 'VIEWER'] as const)
    tokens.set(role, await gateway.tokenOf(role));
  tokens.set('ADMIN', gateway.token);
});
afterAll(() => gateway.close());

type View = { id: string; name: string; address: string; createdBy: { name: string } };
type Saved = { view: View | null; userErrors: { code: string; field: string[] | null; message: string }[] };

const as = (role: string) => ({ authorization: `Bearer ${tokens.get(role)}` });
const save = async (input: object, role = 'MEMBER'): Promise<Saved> =>
  dataOf(
    await gateway.post(
      `mutation S($input: SaveViewInput!) { saveView(input: $input) {
        view { id name address createdBy { name } } userErrors { code field message } } }`,
      { input },
      as(role),
    ),
    'saveView',
  );
const remove = async (id: string, role: string) =>
  dataOf<{ deletedId: string | null; userErrors: { code: string }[] }>(
    await gateway.post(
      'mutation D($id: ID!) { deleteView(id: $id) { deletedId userErrors { code } } }',
      { id },
      as(role),
    ),
    'deleteView',
  );
const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);
const deps = () => ({ database: gateway.context.database });
const unique = (): string => `view ${newId()}`;

describe('a saved view', () => {
  it('is shared with every role, is a node, and is replaced by its name', async () => {
    const name = unique();
    const { view } = await save({ name: ` ${name} `, address: '/usage?groupBy=WORKFLOW' });
    expect(view).toMatchObject({
      id: expect.stringMatching(/^view_[0-9a-f-]{36}$/),
      name,
      address: '/usage?groupBy=WORKFLOW',
      createdBy: { name: 'MEMBER' },
    });
    const again = await save({ name, address: '/usage?groupBy=TOKEN&workflow=R%26D+2' });
    expect(again.view).toMatchObject({ id: view?.id, address: '/usage?groupBy=TOKEN&workflow=R%26D+2' });
    const { body } = await gateway.post(
      `query Q($id: ID!) { node(id: $id) { __typename ... on SavedView { address } } savedView(id: $id) { name createdAt updatedAt }
        savedViews { nodes { id } totalCount edges { cursor } pageInfo { hasNextPage } } }`,
      { id: view?.id },
      as('VIEWER'),
    );
    expect(body.data).toMatchObject({
      node: { __typename: 'SavedView', address: '/usage?groupBy=TOKEN&workflow=R%26D+2' },
      savedView: { name },
      savedViews: { nodes: expect.arrayContaining([{ id: view?.id }]) },
    });
  });

  it('is replaced and deleted by its token or an ADMIN, and by nobody else', async () => {
    const name = unique();
    const { view } = await save({ name, address: '/usage' });
    for (const role of ['MANAGER', 'INTEGRATION']) {
      expect([role, codes(await save({ name, address: '/budgets' }, role))]).toEqual([role, ['FORBIDDEN']]);
      expect([role, codes(await remove(view?.id ?? '', role))]).toEqual([role, ['FORBIDDEN']]);
    }
    const replaced = await save({ name, address: '/budgets' }, 'ADMIN');
    expect(replaced.view).toMatchObject({ id: view?.id, createdBy: { name: 'MEMBER' } });
    expect(await remove(view?.id ?? '', 'ADMIN')).toEqual({ deletedId: view?.id, userErrors: [] });
    expect(codes(await remove(view?.id ?? '', 'MEMBER'))).toEqual(['NOT_FOUND']);
    const own = await save({ name, address: '/usage' });
    expect(await remove(own.view?.id ?? '', 'MEMBER')).toMatchObject({ deletedId: own.view?.id });
  });

  it('is not saved or deleted by a VIEWER, nor by a token that is confined to a part of the workspace', async () => {
    expect(codes(await save({ name: unique(), address: '/usage' }, 'VIEWER'))).toEqual(['FORBIDDEN']);
    const { view } = await save({ name: unique(), address: '/usage' });
    expect(codes(await remove(view?.id ?? '', 'VIEWER'))).toEqual(['FORBIDDEN']);
    const { secret } = dataOf<{ secret: string }>(
      await gateway.post(
        'mutation { createToken(input: { name: "part", role: MEMBER, scopes: { workflows: ["crm"] } }) { secret } }',
      ),
      'createToken',
    );
    tokens.set('PART', secret);
    expect(codes(await save({ name: unique(), address: '/usage' }, 'PART'))).toEqual(['FORBIDDEN']);
    const { body } = await gateway.post('{ savedViews { totalCount } }', {}, as('PART'));
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it.each([
    'https://evil.example/usage',
    '//evil.example/usage',
    '/\\evil.example',
    '/usage\\..\\export',
    'usage',
    '',
    ' /usage',
    '/usage ',
    '/usage#x',
    '/usage/',
    '/usage/../export/entries.csv',
    '/%75sage',
    '/export/entries.csv',
    '/graphql?query=%7Bviewer%7D',
    '/records?search=jane%40example.com',
    '/records/fp1',
    '/enrich?email=jane',
    'javascript:alert(1)',
    '/usage?x="><script>',
    '/usage?x=a b',
    '/usage?x=%',
    '/usage?x=%E0%A4%A',
    '/usage?x=%00',
    '/usage?x=%0D%0ASet-Cookie:%20a',
    '/usage?x=ü',
    `/usage?x=${'y'.repeat(4_000)}`,
    '/usage?key=fbl_abcdefgh12345678',
    '/usage?key=fgw%5Fabcdefgh12345678',
  ])('is refused when its address is %j', async (address) => {
    const { view, userErrors } = await save({ name: unique(), address });
    expect(view).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['address'] }]);
    expect(userErrors[0]?.message).not.toContain('abcdefgh12345678');
  });

  it.each(['', '   ', 'a\nb', 'x'.repeat(101), 'my fbl_abcdefgh12345678'])(
    'is refused when its name is %j',
    async (name) => {
      const { userErrors } = await save({ name, address: '/usage' });
      expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['name'] }]);
    },
  );

  it('is saved with any page, a long query and a name of other scripts', async () => {
    for (const address of [
      '/',
      '/?period=month',
      '/usage/entries?receipt=ent_1',
      '/audit-log?action=token',
      `/usage?x=${'y'.repeat(3_991)}`,
    ]) {
      const { view } = await save({ name: `支出 ${unique()}`, address });
      expect(view?.address).toBe(address);
    }
  });
});

describe('the views of a workspace', () => {
  it('are at most 100, also when many are saved at once', async () => {
    const { as: callers } = await createWorkspace(gateway.context.database);
    const results = await Promise.allSettled(
      Array.from({ length: 104 }, (_, at) =>
        saveView(deps(), callers.MEMBER, { name: `v${at}`, address: '/usage' }),
      ),
    );
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused.map((one) => ('reason' in one ? one.reason : null))).toEqual(
      Array.from({ length: 4 }, () => expect.objectContaining({ code: 'INVALID_INPUT' })),
    );
    const { items, totalCount } = await listViews(deps(), callers.VIEWER, { first: 100, after: null });
    expect([items.length, await totalCount()]).toEqual([100, 100]);
    const kept = items[0]!;
    expect(await saveView(deps(), callers.MEMBER, { name: kept.name, address: '/' })).toMatchObject({
      id: kept.id,
      address: '/',
    });
  });

  it('have one view of a name when two tokens save it at once', async () => {
    const { as: callers } = await createWorkspace(gateway.context.database);
    const results = await Promise.allSettled(
      [callers.MEMBER, callers.MANAGER, callers.MEMBER].map((caller) =>
        saveView(deps(), caller, { name: 'same', address: '/usage' }),
      ),
    );
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await (await listViews(deps(), callers.VIEWER, { first: 1, after: null })).totalCount()).toBe(1);
  });

  it('are hidden from other workspaces', async () => {
    const { as: other } = await createWorkspace(gateway.context.database);
    const theirs = await saveView(deps(), other.ADMIN, { name: 'theirs', address: '/usage' });
    const id = `view_${theirs.id}`;
    expect(codes(await remove(id, 'ADMIN'))).toEqual(['NOT_FOUND']);
    const { body } = await gateway.post(
      'query Q($id: ID!) { savedView(id: $id) { id } node(id: $id) { id } savedViews { nodes { name } } }',
      { id },
    );
    expect(body.data).toMatchObject({ savedView: null, node: null });
    expect(JSON.stringify(body.data)).not.toContain('theirs');
  });
});
