import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstIdAt, isId, newId } from '../../src/platform/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

it('bounds ids by their time as the database does', async () => {
  const instants = fc.date({ min: new Date(0), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true });
  await fc.assert(
    fc.asyncProperty(instants, async (at) => {
      const [row] = await store.database.sql<{ id: string }[]>`
        select uuid_v7_floor(${at.toISOString()}::text::timestamptz) as id`;
      expect(firstIdAt(at)).toBe(row?.id);
    }),
  );
});

it('has no id before the first one, and none of an instant before it', () => {
  const before = new Date(Date.now() - 1);
  expect(newId() > firstIdAt(before)).toBe(true);
  expect(newId() < firstIdAt(new Date(Date.now() + 60_000))).toBe(true);
  expect(firstIdAt(new Date(-1))).toBe('00000000-0000-0000-0000-000000000000');
  expect(isId(firstIdAt(before))).toBe(true);
});
