import { beforeAll, expect, test } from 'vitest';
import { connections } from '../../schema/tables/index.js';
import { roles } from '../../src/access/caller.js';
import { newId } from '../../src/platform/ids.js';
import { flagship } from '../../src/sandbox/samples.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { entriesOf } from '../ledger/setup.js';
import { type Desk, newSandboxKey, openDesk, openStore } from './setup.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(await openStore());
});
const by = { domain: flagship.domain };

test('a caller’s own key meets the account that is known here: what it has bought is free', async () => {
  const client = await desk.open();
  await desk.enrichment.lookUpCompany(client.request(), by, {});
  const request = client.request({ callerKeys: { FIRMABLE: `Bearer ${client.key}` } });
  const answer = await desk.enrichment.lookUpCompany(request, by, {});
  expect(answer.receipt).toMatchObject({
    charge: 'ALREADY_UNLOCKED',
    fromSnapshot: true,
    payer: { kind: 'CALLER_KEY', connectionId: null },
  });
});

test('what a caller’s own key buys is free for a connection made of it later', async () => {
  const client = await desk.open(null);
  const key = newSandboxKey();
  const request = client.request({ callerKeys: { FIRMABLE: key } });
  expect((await desk.enrichment.lookUpCompany(request, by, {})).receipt.charge).toBe('CHARGED');
  await client.connect(key);
  expect((await desk.enrichment.lookUpCompany(client.request(), by, {})).receipt).toMatchObject({
    charge: 'ALREADY_UNLOCKED',
    payer: { kind: 'CONNECTION' },
  });
});

test('a key never leaves: the caller’s own is in no table after it has paid', async () => {
  const client = await desk.open(null);
  const key = newSandboxKey();
  const request = client.request({ callerKeys: { FIRMABLE: key } });
  const answer = await desk.enrichment.lookUpCompany(request, by, {});
  expect(answer.receipt).toMatchObject({ charge: 'CHARGED', payer: { kind: 'CALLER_KEY' } });
  const dump = await dumpTables(desk.database);
  expect(dump).toContain(answer.receipt.id);
  for (const face of facesOf(key)) expect(dump).not.toContain(face);
});

test('never another payer in silence: a named connection that fails is not replaced by the default one', async () => {
  const client = await desk.open();
  const revoked = await client.connect('fbl_sandbox_revoked');
  const options = { connectionId: revoked };
  const request = client.request({ callerKeys: { FIRMABLE: newSandboxKey() } });
  const answer = await desk.enrichment.lookUpCompany(request, by, options);
  expect(answer).toMatchObject({
    outcome: 'REFUSED',
    problem: { code: 'KEY_REFUSED' },
    receipt: { payer: { kind: 'CONNECTION', connectionId: revoked }, attempts: [{ connectionId: revoked }] },
  });
  expect(client.provider().requests).toBe(0);
});

test.each([
  ['unknown', () => newId(), 'NOT_FOUND'],
  ['no id at all', () => 'x', 'NOT_FOUND'],
])('a connection that is %s is refused, and nobody else pays', async (_, idOf, code) => {
  const client = await desk.open();
  const answer = await desk.enrichment.lookUpCompany(client.request(), by, { connectionId: idOf() });
  expect(answer).toMatchObject({ outcome: 'REFUSED', problem: { code } });
  expect(client.provider().requests).toBe(0);
});

test('nobody else’s key: the connection of another workspace is as good as unknown', async () => {
  const owner = await desk.open();
  const other = await desk.open();
  const answer = await desk.enrichment.lookUpCompany(other.request(), by, {
    connectionId: owner.connectionId,
  });
  expect(answer.problem).toMatchObject({ code: 'NOT_FOUND' });
  expect(owner.provider().requests).toBe(0);
});

test('a disabled connection pays for nothing', async () => {
  const client = await desk.open(null);
  const id = await client.connect(newSandboxKey());
  await desk.database.db.update(connections).set({ disabledAt: new Date() });
  try {
    const answer = await desk.enrichment.lookUpCompany(client.request(), by, { connectionId: id });
    expect(answer).toMatchObject({ outcome: 'REFUSED', problem: { code: 'CONNECTION_DISABLED' } });
  } finally {
    await desk.database.db.update(connections).set({ disabledAt: null });
  }
});

test('without a connection and a key nobody pays, and the answer says what to do', async () => {
  const client = await desk.open(null);
  const answer = await desk.enrichment.lookUpCompany(client.request(), by, {});
  expect(answer).toMatchObject({
    outcome: 'REFUSED',
    problem: { code: 'NO_CONNECTION' },
    receipt: { payer: null },
  });
  expect(answer.problem?.message).toContain('create one');
});

test('a caller’s key that cannot be one is refused without being repeated', async () => {
  const client = await desk.open();
  const nonsense = 'sk_live_not_yours_0123456789';
  const answer = await desk.enrichment.lookUpCompany(
    client.request({ callerKeys: { FIRMABLE: nonsense } }),
    by,
    {},
  );
  expect(answer.problem).toMatchObject({ code: 'INVALID_KEY_FORMAT' });
  expect(
    JSON.stringify(answer, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
  ).not.toContain(nonsense);
  expect(client.provider().requests).toBe(0);
});

test.each(roles)('a %s may ask, unless it only reads', async (role) => {
  const client = await desk.open();
  const request = client.request({ caller: client.as(role) });
  const company = await desk.enrichment.lookUpCompany(request, by, {});
  const people = await desk.enrichment.searchPeople(request, {
    companyId: flagship.id,
    filter: { country: null, position: null, seniority: null, department: null },
    connectionId: null,
    first: 1,
    offset: 0,
  });
  const expected =
    role === 'VIEWER'
      ? { outcome: 'REFUSED', problem: { code: 'FORBIDDEN' } }
      : { outcome: 'FOUND', problem: null };
  expect(company).toMatchObject(expected);
  expect(people).toMatchObject(expected);
  expect(client.provider().creditsUsed).toBe(role === 'VIEWER' ? 0 : 1);
});

test('the entry says who paid by which connection for which workflow', async () => {
  const client = await desk.open();
  await desk.enrichment.lookUpCompany(client.request({ workflow: 'from header' }), by, {});
  await desk.enrichment.lookUpCompany(client.request({ workflow: 'from header' }), by, {
    workflow: 'from option',
  });
  const rows = await desk.database.sql`
    select workflow, connection_id, payer, sandbox, provider, operation, token_id
    from entries where workspace_id = ${client.workspaceId} order by id`;
  const common = {
    connection_id: client.connectionId,
    payer: 'CONNECTION',
    sandbox: true,
    provider: 'FIRMABLE',
    operation: 'COMPANY',
    token_id: client.as('MEMBER').tokenId,
  };
  expect([...rows]).toEqual([
    { ...common, workflow: 'from header' },
    { ...common, workflow: 'from option' },
  ]);
  expect(await entriesOf(desk.database, client)).toHaveLength(2);
});
