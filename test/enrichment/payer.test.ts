import { beforeAll, expect, it } from 'vitest';
import { connections } from '../../schema/tables/index.js';
import { roles } from '../../src/access/caller.js';
import { newId } from '../../src/platform/ids.js';
import { flagship } from '../../src/sandbox/samples.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { entriesOf } from '../ledger/setup.js';
import { type EnrichmentApp, newSandboxKey, openApp, openStore } from './setup.js';

let app: EnrichmentApp;
beforeAll(async () => {
  app = await openApp(await openStore());
});
const by = { domain: flagship.domain };

it('is free with the caller’s key when its account has unlocked the record', async () => {
  const client = await app.open();
  await app.enrichment.lookUpCompany(client.request(), by, {});
  const request = client.request({ callerKeys: { FIRMABLE: `Bearer ${client.key}` } });
  const result = await app.enrichment.lookUpCompany(request, by, {});
  expect(result.receipt).toMatchObject({
    charge: 'ALREADY_UNLOCKED',
    fromSnapshot: true,
    payer: { kind: 'CALLER_KEY', connectionId: null },
  });
});

it('is free for a connection when its key was the caller’s before', async () => {
  const client = await app.open(null);
  const key = newSandboxKey();
  const request = client.request({ callerKeys: { FIRMABLE: key } });
  expect((await app.enrichment.lookUpCompany(request, by, {})).receipt.charge).toBe('CHARGED');
  await client.connect(key);
  expect((await app.enrichment.lookUpCompany(client.request(), by, {})).receipt).toMatchObject({
    charge: 'ALREADY_UNLOCKED',
    payer: { kind: 'CONNECTION' },
  });
});

it('stores the caller’s key in no table when it has paid', async () => {
  const client = await app.open(null);
  const key = newSandboxKey();
  const request = client.request({ callerKeys: { FIRMABLE: key } });
  const result = await app.enrichment.lookUpCompany(request, by, {});
  expect(result.receipt).toMatchObject({ charge: 'CHARGED', payer: { kind: 'CALLER_KEY' } });
  const dump = await dumpTables(app.database);
  expect(dump).toContain(result.receipt.id);
  for (const face of facesOf(key)) expect(dump).not.toContain(face);
});

it('does not use the default connection when a named one fails', async () => {
  const client = await app.open();
  const revoked = await client.connect('fbl_sandbox_revoked');
  const options = { connectionId: revoked };
  const request = client.request({ callerKeys: { FIRMABLE: newSandboxKey() } });
  const result = await app.enrichment.lookUpCompany(request, by, options);
  expect(result).toMatchObject({
    outcome: 'REFUSED',
    problem: { code: 'KEY_REFUSED' },
    receipt: { payer: { kind: 'CONNECTION', connectionId: revoked }, attempts: [{ connectionId: revoked }] },
  });
  expect(client.provider().requests).toBe(0);
});

it.each([
  ['unknown', () => newId(), 'NOT_FOUND'],
  ['no id at all', () => 'x', 'NOT_FOUND'],
])('refuses the lookup, and nobody else pays, when the connection is %s', async (_, idOf, code) => {
  const client = await app.open();
  const result = await app.enrichment.lookUpCompany(client.request(), by, { connectionId: idOf() });
  expect(result).toMatchObject({ outcome: 'REFUSED', problem: { code } });
  expect(client.provider().requests).toBe(0);
});

it('is NOT_FOUND when the connection belongs to another workspace', async () => {
  const owner = await app.open();
  const other = await app.open();
  const result = await app.enrichment.lookUpCompany(other.request(), by, {
    connectionId: owner.connectionId,
  });
  expect(result.problem).toMatchObject({ code: 'NOT_FOUND' });
  expect(owner.provider().requests).toBe(0);
});

it('charges nothing to a connection when it is disabled', async () => {
  const client = await app.open(null);
  const id = await client.connect(newSandboxKey());
  await app.database.db.update(connections).set({ disabledAt: new Date() });
  try {
    const result = await app.enrichment.lookUpCompany(client.request(), by, { connectionId: id });
    expect(result).toMatchObject({ outcome: 'REFUSED', problem: { code: 'CONNECTION_DISABLED' } });
  } finally {
    await app.database.db.update(connections).set({ disabledAt: null });
  }
});

it('says what to do when there is neither a connection nor a key', async () => {
  const client = await app.open(null);
  const result = await app.enrichment.lookUpCompany(client.request(), by, {});
  expect(result).toMatchObject({
    outcome: 'REFUSED',
    problem: { code: 'NO_CONNECTION' },
    receipt: { payer: null },
  });
  expect(result.problem?.message).toContain('create one');
});

it('never repeats the caller’s key when it refuses a malformed one', async () => {
  const client = await app.open();
  const nonsense = 'sk_live_not_yours_0123456789';
  const result = await app.enrichment.lookUpCompany(
    client.request({ callerKeys: { FIRMABLE: nonsense } }),
    by,
    {},
  );
  expect(result.problem).toMatchObject({ code: 'INVALID_KEY_FORMAT' });
  expect(
    JSON.stringify(result, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
  ).not.toContain(nonsense);
  expect(client.provider().requests).toBe(0);
});

it.each(roles)('allows lookups when the role is %s, unless it only reads', async (role) => {
  const client = await app.open();
  const request = client.request({ caller: client.as(role) });
  const company = await app.enrichment.lookUpCompany(request, by, {});
  const people = await app.enrichment.searchPeople(request, {
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

it('writes payer, connection and workflow to the entry', async () => {
  const client = await app.open();
  await app.enrichment.lookUpCompany(client.request({ workflow: 'from header' }), by, {});
  await app.enrichment.lookUpCompany(client.request({ workflow: 'from header' }), by, {
    workflow: 'from option',
  });
  const rows = await app.database.sql`
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
  expect(await entriesOf(app.database, client)).toHaveLength(2);
});
