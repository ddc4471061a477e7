import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { newId } from '../../src/platform/ids.js';
import { migrate, readSchema } from '../../src/platform/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { writeEntries } from '../usage/setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

it('gives a ledger of the release before the rows that its entries would have written', async () => {
  const { sql } = store.database;
  const { id } = await createWorkspace(store.database);
  for (const providers of [
    ['FIRMABLE', 'APOLLO'],
    ['FIRMABLE', 'PEOPLE_DATA_LABS', 'FIRMABLE', 'APOLLO'],
  ]) {
    const lookupId = newId();
    const steps = providers.map((provider, index) => ({
      id: index === 0 ? lookupId : newId(),
      lookupId,
      step: index + 1,
      provider,
      ...(index < providers.length - 1
        ? { outcome: 'NOT_FOUND' as const, charge: 'NOT_FOUND' as const, credits: 0n }
        : { outcome: 'UNKNOWN' as const, charge: 'PRESUMED' as const }),
    }));
    const last = steps.at(-1)!;
    const correction = { ...last, id: newId(), kind: 'CORRECTION' as const, correctsEntryId: last.id };
    await writeEntries(store.database, id, [...steps, { ...correction, credits: -1n }]);
  }
  const read = () => sql`select * from usage_fallbacks order by entry_id, missed_by`;
  const written = await read();
  // Apollo's attempt and its correction after one provider and after two, one of each of the two before it.
  expect(written).toHaveLength(2 + 4 + 1 + 1);

  const migration = readSchema().migrations.find(({ statements }) =>
    statements.some((statement) => statement.includes('CREATE TABLE "usage_fallbacks"')),
  );
  await sql`drop table usage_fallbacks`;
  await sql`delete from drizzle.__drizzle_migrations where created_at >= ${migration?.when ?? 0}`;
  await migrate(store.address);
  expect(await read()).toEqual(written);
  const { disagreements } = await verifyLedger(store.database);
  expect(disagreements.filter(({ line }) => line.includes('fallbacks'))).toEqual([]);
});
