import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../src/access/workspaces.js';
import { createFakeEnrichment } from '../support/fake-enrichment.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { createProviderKeys } from '../support/provider-keys.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ parts: { ...createFakeEnrichment(), providerKeys: createProviderKeys() } });
});
afterAll(() => gateway.close());

type Payload = {
  connection: { id: string; name: string; keyHint: string; isDefault: boolean; isDisabled: boolean } | null;
  deletedId?: string | null;
  userErrors: { code: string; message: string; field: string[] | null }[];
};
const shown =
  'connection { id name keyHint isDefault isDisabled problem verifiedAt } userErrors { code message field }';

const change = async (mutation: string, variables: object, token = gateway.token): Promise<Payload> => {
  const answer = await gateway.post(mutation, variables, { authorization: `Bearer ${token}` });
  return dataOf<Payload>(answer, /\{ (\w+)\(/.exec(mutation)?.[1] ?? '');
};
const create = (input: object, token?: string): Promise<Payload> =>
  change(
    `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) { ${shown} } }`,
    { input: { provider: 'FIRMABLE', ...input } },
    token,
  );
const act = (verb: string, id: string): Promise<Payload> =>
  change(
    `mutation M($id: ID!) { ${verb}(id: $id) { ${verb === 'deleteConnection' ? 'deletedId userErrors { code field message }' : shown} } }`,
    { id },
  );

it('never returns the key when a connection is created, changed and deleted', async () => {
  const key = 'fbl_lifelong1234';
  const created = await create({ name: 'life', key: ` Bearer ${key} `, makeDefault: true });
  expect(created.userErrors).toEqual([]);
  expect(created.connection).toMatchObject({ name: 'life', keyHint: '1234', isDefault: true });
  const id = created.connection?.id ?? '';
  expect(id).toMatch(/^con_[0-9a-f-]{36}$/);

  const renamed = await change(
    `mutation M($input: RenameConnectionInput!) { renameConnection(input: $input) { ${shown} } }`,
    { input: { id, name: 'renamed' } },
  );
  expect(renamed.connection?.name).toBe('renamed');
  const rotate = `mutation M($input: RotateConnectionKeyInput!) { rotateConnectionKey(input: $input) { ${shown} } }`;
  const refused = await change(rotate, { input: { id, key: 'fbl_another5678' } });
  expect(refused.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['account'] }]);
  const rotated = await change(rotate, { input: { id, key: 'fbl_another5678', account: 'SAME' } });
  expect(rotated.connection).toMatchObject({ id, keyHint: '5678' });
  expect((await act('disableConnection', id)).connection?.isDisabled).toBe(true);
  expect((await act('enableConnection', id)).connection?.isDisabled).toBe(false);
  expect((await act('verifyConnection', id)).userErrors).toEqual([]);
  const second = await create({ name: 'second', key: 'fbl_second9999' });
  expect(second.connection?.isDefault).toBe(false);
  const other = second.connection?.id ?? '';
  expect((await act('setDefaultConnection', other)).connection?.isDefault).toBe(true);

  const { body } = await gateway.post(
    'query Q($id: ID!) { connection(id: $id) { name } node(id: $id) { __typename id } connections(first: 1, provider: FIRMABLE) { totalCount edges { cursor } pageInfo { hasNextPage endCursor } } }',
    { id },
  );
  expect(body.data).toMatchObject({
    connection: { name: 'renamed' },
    node: { __typename: 'Connection', id },
    connections: { pageInfo: { hasNextPage: true } },
  });
  expect((await act('deleteConnection', id)) as unknown).toEqual({ deletedId: id, userErrors: [] });
  expect(
    (await gateway.post('query Q($id: ID!) { connection(id: $id) { name } }', { id })).body.data,
  ).toEqual({
    connection: null,
  });
  expect(JSON.stringify([created, renamed, rotated, body])).not.toMatch(/fbl_(lifelong|another)/);
});

describe('a refused change returns data', () => {
  it.each<[string, object, string, string[]]>([
    ['a malformed key', { name: 'a', key: 'sk_live_1' }, 'INVALID_KEY_FORMAT', ['key']],
    ['a refused key', { name: 'b', key: 'fbl_refused1' }, 'KEY_REFUSED', ['key']],
    ['a plan without API', { name: 'c', key: 'fbl_noplan1' }, 'PLAN_WITHOUT_API', ['key']],
    ['an empty name', { name: ' ', key: 'fbl_fine1111' }, 'INVALID_INPUT', ['name']],
    [
      'a stranger as the same account',
      { name: 'd', key: 'fbl_fine2222', sameAccountAs: 'con_none' },
      'NOT_FOUND',
      ['sameAccountAs'],
    ],
  ])('%s', async (_, input, code, field) => {
    const { connection, userErrors } = await create(input);
    expect(connection).toBeNull();
    expect(userErrors).toMatchObject([{ code, field }]);
    expect(JSON.stringify(userErrors)).not.toMatch(/fbl_[a-z]+\d/);
  });

  it('a taken name', async () => {
    await create({ name: 'taken', key: 'fbl_taken1111' });
    expect((await create({ name: 'taken', key: 'fbl_taken2222' })).userErrors).toMatchObject([
      { code: 'NAME_TAKEN' },
    ]);
  });

  it.each([
    'verifyConnection',
    'setDefaultConnection',
    'disableConnection',
    'enableConnection',
    'deleteConnection',
  ])('%s of what is not there, however its id is written', async (verb) => {
    for (const id of ['con_00000000-0000-7000-8000-000000000000', 'con_x', 'tok_1', '']) {
      expect((await act(verb, id)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
  });

  it('a role that may not', async () => {
    for (const role of ['MEMBER', 'VIEWER'] as const) {
      const { userErrors } = await create({ name: role, key: 'fbl_role11111' }, await gateway.tokenOf(role));
      expect(userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    }
  });
});

it('returns each item once when a list is read by its cursors', async () => {
  const query =
    'query Q($after: String) { connections(first: 1, after: $after) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } }';
  type List = {
    totalCount: number;
    nodes: { name: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
  const pageAfter = async (after: string | null) =>
    dataOf<List>(await gateway.post(query, { after }), 'connections');
  for (const name of ['walk 1', 'walk 2', 'walk 3']) await create({ name, key: `fbl_walk${name.at(-1)}000` });

  let page = await pageAfter(null);
  const names = page.nodes.map((node) => node.name);
  while (page.pageInfo.hasNextPage) {
    page = await pageAfter(page.pageInfo.endCursor);
    names.push(...page.nodes.map((node) => node.name));
  }
  expect(names).toHaveLength(page.totalCount);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['walk 1', 'walk 2', 'walk 3']));
});

it('reports which kinds of keys a workspace has used when it stores and deletes them', async () => {
  const { secret } = await createWorkspace(gateway.context.database, { name: 'Kinds', plan: 'PRO' });
  const authorization = `Bearer ${secret}`;
  const kinds = async (): Promise<string[]> => {
    const answer = await gateway.post('{ viewer { workspace { keyKinds } } }', {}, { authorization });
    return dataOf<{ workspace: { keyKinds: string[] } }>(answer, 'viewer').workspace.keyKinds;
  };
  expect(await kinds()).toEqual([]);
  await create({ name: 'trial', key: 'fbl_sandbox_kinds' }, secret);
  expect(await kinds()).toEqual(['SANDBOX']);
  const real = await create({ name: 'real', key: 'fbl_kinds1234567' }, secret);
  expect(await kinds()).toEqual(['REAL', 'SANDBOX']);
  await change(
    'mutation M($id: ID!) { deleteConnection(id: $id) { deletedId } }',
    { id: real.connection?.id },
    secret,
  );
  expect(await kinds()).toEqual(['REAL', 'SANDBOX']);
});
