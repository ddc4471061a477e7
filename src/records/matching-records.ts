import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { accounts, recordWords, unlockKeys, unlocks } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import type { Drizzle } from '../platform/database.js';
import type { Search } from './read-search.js';

type Deps = { db: Pick<Drizzle, 'select' | 'execute'> };
type OfCaller = Pick<Caller, 'workspaceId'>;

/** Up to this many records are found first and sorted afterwards; more are read in the order of the list and tested. */
const foundMax = 5_000;
const identifiedMax = 1_000;

/** `isMany`: so many records match that counting them would take seconds. */
export type Matching = { condition: SQL | undefined; isMany: boolean };

/**
 * The condition on `unlocks` for the records of the workspace that a search leads to: by an identifier, as exactly as a
 * lookup, or by the words of a name in their snapshots.
 */
export const matchingRecords = async (deps: Deps, caller: OfCaller, search: Search): Promise<Matching> => {
  const { unlockId, lookupKeys, prefixes } = search;
  if (unlockId !== null) return { condition: eq(unlocks.id, unlockId), isMany: false };
  const identified = await findIdentified(deps, caller, lookupKeys);
  const named = prefixes.length === 0 ? [] : await findNamed(deps, caller, prefixes);
  if (named !== null) return { condition: hasId([...identified, ...named]), isMany: false };
  const areNamed = and(...prefixes.map((prefix) => hasWord(caller, prefix)));
  return { condition: or(hasId(identified), areNamed), isMany: true };
};

const findIdentified = async (
  { db }: Deps,
  { workspaceId }: OfCaller,
  lookupKeys: readonly string[],
): Promise<string[]> => {
  if (lookupKeys.length === 0) return [];
  const rows = await db
    .select({ id: unlockKeys.unlockId })
    .from(accounts)
    .innerJoin(
      unlockKeys,
      and(eq(unlockKeys.workspaceId, accounts.workspaceId), eq(unlockKeys.accountId, accounts.id)),
    )
    .where(and(eq(accounts.workspaceId, workspaceId), inArray(unlockKeys.lookupKey, [...lookupKeys])))
    .limit(identifiedMax);
  return rows.map(({ id }) => id);
};

/** Null for more than `foundMax`. */
const findNamed = async (
  { db }: Deps,
  { workspaceId }: OfCaller,
  prefixes: readonly string[],
): Promise<string[] | null> => {
  const rows = await db.execute<{ id: string | null }>(sql`
    select f.unlock_id as id
    from find_named_records(
      ${workspaceId},
      array(select json_array_elements_text(${JSON.stringify(prefixes)}::text::json)),
      ${foundMax + 1}
    ) f`);
  const ids = rows.map(({ id }) => id).filter((id) => id !== null);
  return ids.length < rows.length || ids.length > foundMax ? null : ids;
};

const hasId = (ids: readonly string[]): SQL =>
  sql`${unlocks.id} in (select i::uuid from json_array_elements_text(${JSON.stringify(ids)}::text::json) i)`;

/** Behind every character, and in no word. */
const lastCharacter = '\u{10ffff}';

const hasWord = ({ workspaceId }: OfCaller, prefix: string): SQL => sql`exists (
  select from ${recordWords} w
  where w.workspace_id = ${workspaceId} and w.unlock_id = "unlocks"."id"
    and w.word >= ${prefix} and w.word < ${prefix + lastCharacter})`;
