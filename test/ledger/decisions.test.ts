import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Decisions, openDecisions } from './open-decisions.js';
import { buy, createAccount, ended, entriesOf, found, requestFor, reservationsOf, spentBy } from './setup.js';

let decisions: Decisions;
beforeAll(async () => {
  decisions = await openDecisions();
});
afterAll(() => decisions.close());

it('counts a confirmed charge once when a later lookup finds its record', async () => {
  const account = createAccount();
  const lost = await decisions.presume(account, 'a');
  expect(await decisions.decide(account, true)).toMatchObject({ resolved: 1, credits: 1n });
  expect(await decisions.disagreementsOf(account)).toEqual([]);

  const again = requestFor(account, 'a', { mayCharge: false });
  expect(await decisions.ledger.reserve(again)).toMatchObject({ status: 'RESERVED', credits: 0n });
  const settled = await decisions.ledger.settle(found(again, 'record', { aliases: ['b'] }));

  expect(settled).toMatchObject({ charge: 'ALREADY_UNLOCKED', credits: 0n });
  expect(await decisions.linesOf(account)).toEqual([
    'LOOKUP UNKNOWN PRESUMED 1',
    'CORRECTION UNKNOWN CHARGED 0',
    'LOOKUP FOUND ALREADY_UNLOCKED 0',
  ]);
  const [unlock] = await decisions.store.database.sql`
    select entry_id from unlocks where workspace_id = ${account.workspaceId}`;
  expect(unlock?.['entry_id']).toBe(lost.id);
  expect(await reservationsOf(decisions.store.database, account)).toEqual([]);
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});

it('takes a confirmed charge as the payment when another identifier finds the record', async () => {
  const account = createAccount();
  await decisions.presume(account, 'domain');
  await decisions.decide(account, true);
  const other = requestFor(account, 'linkedin');
  expect(await decisions.ledger.reserve(other)).toMatchObject({ credits: 1n });
  const settled = await decisions.ledger.settle(found(other, 'record', { aliases: ['domain', 'linkedin'] }));
  expect(settled).toMatchObject({ charge: 'ALREADY_UNLOCKED', credits: 0n });
  expect(await spentBy(decisions.store.database, account)).toBe(1);
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});

it('returns a confirmed charge when its record turns out to be bought by another entry', async () => {
  const account = createAccount();
  const [first, second] = [
    await decisions.presume(account, 'domain'),
    await decisions.presume(account, 'linkedin'),
  ];
  await decisions.decide(account, true);
  expect(await spentBy(decisions.store.database, account)).toBe(2);
  const again = requestFor(account, 'domain');
  await decisions.ledger.reserve(again);
  await decisions.ledger.settle(found(again, 'record', { aliases: ['domain', 'linkedin'] }));
  expect(await spentBy(decisions.store.database, account)).toBe(1);
  const corrections = (await entriesOf(decisions.store.database, account)).filter(
    ({ kind }) => kind === 'CORRECTION',
  );
  const times = (id: string) => corrections.filter(({ correctsEntryId }) => correctsEntryId === id).length;
  expect([times(first.id), times(second.id)]).toEqual([1, 2]);
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});

it('returns a confirmed charge by maintenance when the record was known before the decision', async () => {
  const account = createAccount();
  await buy(decisions.ledger, requestFor(account, 'linkedin'), 'record', { aliases: ['domain'] });
  const lost = await decisions.presume(account, 'unrelated');
  await decisions.store.database.sql`update reservations set lookup_key = 'domain' where id = ${lost.id}`;
  await decisions.decide(account, true);
  expect(await spentBy(decisions.store.database, account)).toBe(2);
  await decisions.store.database.sql`select resolve_presumed_charges(1000)`;
  expect(await spentBy(decisions.store.database, account)).toBe(1);
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});

it('keeps a confirmed charge when the record is only declared or missing later', async () => {
  const account = createAccount();
  await decisions.presume(account, 'gone');
  await decisions.decide(account, true);
  const again = requestFor(account, 'gone');
  expect(await decisions.ledger.reserve(again)).toMatchObject({ credits: 0n });
  await decisions.ledger.settle(ended(again, 'NOT_FOUND'));
  expect(await spentBy(decisions.store.database, account)).toBe(1);
  expect(await decisions.disagreementsOf(account)).toEqual([]);
  // The next hit is still paid.
  const third = requestFor(account, 'gone');
  expect(await decisions.ledger.reserve(third)).toMatchObject({ credits: 0n });
  await decisions.ledger.settle(found(third, 'record'));
  expect(await spentBy(decisions.store.database, account)).toBe(1);
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});

it('counts a returned charge when the next lookup finds the record', async () => {
  const account = createAccount();
  await decisions.presume(account, 'a');
  expect(await decisions.decide(account, false)).toMatchObject({ resolved: 1, credits: 1n });
  expect(await spentBy(decisions.store.database, account)).toBe(0);
  const again = requestFor(account, 'a');
  expect(await decisions.ledger.reserve(again)).toMatchObject({ credits: 1n });
  expect(await decisions.ledger.settle(found(again, 'record'))).toMatchObject({
    charge: 'CHARGED',
    credits: 1n,
  });
  expect(await spentBy(decisions.store.database, account)).toBe(1);
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});

it('corrects the decision when the late result of the same call proves the opposite', async () => {
  const account = createAccount();
  const late = await decisions.presumeByExpiry(account, 'a');
  await decisions.decide(account, false);
  const settled = await decisions.expiring.settle(found(late, 'record'));
  expect(settled).toMatchObject({ settled: true, charge: 'CHARGED', credits: 1n });
  expect(await decisions.linesOf(account)).toEqual([
    'LOOKUP UNKNOWN PRESUMED 1',
    'CORRECTION UNKNOWN NONE -1',
    'CORRECTION FOUND CHARGED 1',
  ]);
  // The same result again, as after a lost connection.
  expect(await decisions.expiring.settle(found(late, 'record'))).toMatchObject({
    settled: false,
    credits: 1n,
  });
  expect(await spentBy(decisions.store.database, account)).toBe(1);
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});

it('writes nothing more when the late result agrees with the decision', async () => {
  const account = createAccount();
  const late = await decisions.presumeByExpiry(account, 'a');
  await decisions.decide(account, true);
  const settled = await decisions.expiring.settle(found(late, 'record'));
  expect(settled).toMatchObject({ charge: 'CHARGED', credits: 1n });
  expect(await decisions.linesOf(account)).toHaveLength(2);
  expect(await decisions.ledger.reserve(requestFor(account, 'a'))).toMatchObject({ status: 'HIT' });
  expect(await spentBy(decisions.store.database, account)).toBe(1);
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});

it.each([
  { charged: true, cost: 4n },
  { charged: false, cost: 4n },
  { charged: true, cost: 9n },
  { charged: true, cost: 0n },
  { charged: false, cost: 0n },
])(
  'ends with the reported charge of a provider that charges each fetch when it comes late: $charged $cost',
  async ({ charged, cost }) => {
    const account = createAccount();
    const late = await decisions.presumeByExpiry(account, 'person', { credits: 9n, refetchCredits: 9n });
    await decisions.decide(account, charged);
    expect(await spentBy(decisions.store.database, account)).toBe(charged ? 9 : 0);
    await decisions.expiring.settle(found(late, 'record', { charged: cost }));
    expect(await spentBy(decisions.store.database, account)).toBe(Number(cost));
    expect(await reservationsOf(decisions.store.database, account)).toEqual([]);
    expect(await decisions.disagreementsOf(account)).toEqual([]);
  },
);
