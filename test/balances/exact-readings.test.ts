import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTenant } from '../http/managed-tenant.js';
import type { TestGateway } from '../http/start-gateway.js';
import { openPayer, passTime, readBalances, readLater, startProposals } from './proposals-setup.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startProposals();
});
afterAll(() => gateway.close());

let keys = 0;
let payer: Awaited<ReturnType<typeof openPayer>>;
beforeEach(async () => {
  payer = await openPayer(gateway, `apollo_sandbox_flaky_${(keys += 1)}`);
});

it('reads no balance while a call is in flight', async () => {
  await readBalances(gateway);
  await payer.presume('SERVER_ERROR');
  await passTime(gateway);
  const { database } = gateway.context;
  // As another instance's call: a copy of the presumed one.
  await database.sql`
    insert into reservations select (jsonb_populate_record(r, jsonb_build_object(
      'id', gen_random_uuid(), 'state', 'HELD', 'lookup_key', 'company:domain:in-flight.example'))).*
    from reservations r where r.state = 'PENDING_CONFIRMATION' order by r.reserved_at desc limit 1`;
  await readBalances(gateway);
  expect((await payer.list()).at(-1)?.proposal).toMatchObject({ charged: null, readingAfter: null });
  await database.sql`delete from reservations where state = 'HELD'`;
  await readLater(gateway);
  expect((await payer.list()).at(-1)?.proposal).toMatchObject({ readingAfter: { source: 'REPORTED' } });
});

it('keeps the readings around a presumed charge, and few others, when many are made in an hour', async () => {
  await readBalances(gateway);
  await payer.presume('SERVER_ERROR');
  await readLater(gateway);
  const { database, refreshBalance } = gateway.context;
  const { workspaceId } = await gateway.context.findCaller(gateway.token);
  const [source] = await database.sql<{ id: string; provider: string; accountId: string }[]>`
    select id, provider, account_id as "accountId" from connections where id = ${payer.connection.slice(4)}`;
  if (source === undefined) throw new Error('no connection');
  const proposed = (await payer.list()).map(({ proposal }) => proposal);
  for (let number = 0; number < 6; number += 1) {
    await passTime(gateway, 0);
    await refreshBalance(workspaceId, { ...source, disabledAt: null }, { exact: true });
  }
  expect((await payer.list()).map(({ proposal }) => proposal)).toEqual(proposed);
  const rows = await database.sql`
    select from balance_readings where account_id = ${source.accountId} and includes_calls_before is not null`;
  // One before, one after, and one of each hour that these six have met.
  expect(rows.length).toBeGreaterThanOrEqual(3);
  expect(rows.length).toBeLessThanOrEqual(4);
});

it('reads a balance before it is needed: at first, and every hour while the account spends', async () => {
  await payer.lookUp();
  await passTime(gateway, 30);
  expect(await readBalances(gateway)).toBeGreaterThan(0);
  expect(await readBalances(gateway)).toBe(0);
  const countOf = async () => {
    const [row] = await gateway.context.database.sql`
      select count(*)::int from balance_readings r
      join connections c on c.workspace_id = r.workspace_id and c.account_id = r.account_id
      where c.id = ${payer.connection.slice(4)} and r.includes_calls_before is not null`;
    return row?.['count'];
  };
  expect(await countOf()).toBe(1);
  await readLater(gateway, 75);
  expect(await countOf()).toBe(1);
  while ((await payer.lookUp()) !== 'FOUND');
  await gateway.post(
    `mutation M($input: ResolvePresumedChargesInput!) { resolvePresumedCharges(input: $input) { resolvedCount } }`,
    { input: { filter: { connection: payer.connection }, charged: false, reason: 'none is open' } },
  );
  await readLater(gateway, 75);
  expect(await countOf()).toBe(2);
});

it('reads each balance once when several instances are at it', async () => {
  await payer.presume('SERVER_ERROR');
  await passTime(gateway);
  const counts = await Promise.all(Array.from({ length: 6 }, () => readBalances(gateway)));
  expect(counts.filter((count) => count > 0)).toHaveLength(1);
});

it('reads no balance with the own key of a workspace whose plan has none', async () => {
  const tenant = await createTenant(gateway, 'PRO');
  const theirs = await openPayer(gateway, 'apollo_sandbox_flaky_free', tenant.post);
  await theirs.presume('SERVER_ERROR');
  await gateway.context.database.sql`update workspaces set plan = 'FREE' where id = ${tenant.id}`;
  await readLater(gateway);
  const [row] = await gateway.context.database.sql`
    select count(*)::int from balance_readings where workspace_id = ${tenant.id}`;
  expect(row?.['count']).toBe(0);
});

it('says which reading is missing', async () => {
  await payer.presume('SERVER_ERROR');
  expect((await payer.list()).at(-1)?.proposal).toMatchObject({
    charged: null,
    readingBefore: null,
    message: 'The balance was not read at a time without calls before this one.',
  });
  await readLater(gateway);
  await payer.presume('SERVER_ERROR');
  // A call has ended within a minute: what the provider has counted of it is not known.
  await passTime(gateway, 0);
  await readBalances(gateway);
  expect((await payer.list()).at(-1)?.proposal).toMatchObject({
    charged: null,
    readingBefore: { source: 'REPORTED' },
    readingAfter: null,
    message: expect.stringMatching(/^The balance was not read since: the gateway reads it when/),
  });
  await gateway.post('mutation M($id: ID!) { disableConnection(id: $id) { userErrors { message } } }', {
    id: payer.connection,
  });
  await readLater(gateway);
  expect((await payer.list()).at(-1)?.proposal?.message).toMatch(
    /^The balance cannot be read, because no enabled/,
  );
});

it('shows each workspace its own presumed charges and readings', async () => {
  await readBalances(gateway);
  await payer.presume('SERVER_ERROR');
  await readLater(gateway);
  const tenant = await createTenant(gateway, 'PRO');
  const theirs = await openPayer(gateway, 'apollo_sandbox_flaky_1', (query, variables, headers) =>
    tenant.post(query, variables, { ...headers }),
  );
  expect(await theirs.list()).toEqual([]);
  await theirs.presume('SERVER_ERROR');
  for (const { proposal } of await theirs.list()) expect(proposal?.readingBefore).toBeNull();
});
