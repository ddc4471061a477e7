import { recordChange } from '../access/audit-log.js';
import { toPublicId } from '../access/public-ids.js';
import { authorize, type Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database, Transaction } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { isId } from '../platform/ids.js';

/** A record by its own key, such as `person:id:fp000000067890`, or by an unlock of it. */
export type RecordName = { recordKey: string } | { unlockId: string };

export type Forgotten = {
  /** How many snapshots and lookup keys were erased. */
  forgotten: number;
  /** Unlocks of the record, which stay. */
  unlocks: number;
};

const chargesMax = 1_000;

/**
 * Erases what the workspace stores of a record, in all of its accounts and in one transaction: every snapshot, every
 * lookup key except the record's own, and a person in what people searches of jobs have found. Entries and the unlock
 * stay, so a later lookup fetches the record for free. A call in progress stores its result all the same, as a later one
 * would. Throws FORBIDDEN, and NOT_FOUND for a record that was neither bought nor found here.
 */
export const forgetRecord = async (
  { database }: { database: Pick<Database, 'sql'> },
  caller: Caller,
  name: RecordName,
): Promise<Forgotten> => {
  authorize(caller, 'forgetRecords');
  // PostgreSQL stores no NUL in a text, so no record key has one.
  if ('unlockId' in name ? !isId(name.unlockId) : name.recordKey.includes('\0')) throw neverBought();
  // A settlement of the same record locks the same rows in another order.
  return await retryOnDeadlock(() => database.sql.begin((tx) => forget(tx, caller, name)));
};

const forget = async (tx: Transaction, caller: Caller, name: RecordName): Promise<Forgotten> => {
  const { workspaceId } = caller;
  const unlocks = await unlocksOf(tx, workspaceId, name);
  const found = await forgetFoundPerson(tx, workspaceId, name);
  if (unlocks.length === 0 && found === 0) throw neverBought();
  // A presumed charge is resolved by its lookup key, so those of this record are resolved before it is erased.
  for (let resolved = chargesMax; resolved === chargesMax; ) {
    const [row] = await tx<
      { resolved: number }[]
    >`select resolve_presumed_charges(${chargesMax}) as resolved`;
    resolved = row?.resolved ?? 0;
  }
  let forgotten = found;
  for (const id of unlocks) {
    const snapshots =
      await tx`delete from snapshots where workspace_id = ${workspaceId} and unlock_id = ${id}`;
    // What cannot be resolved without a call stays presumed, without the identifier that could resolve it.
    await tx`
      update reservations r set lookup_key = concat('erased:', r.id)
      from unlock_keys k
      join unlocks u on u.workspace_id = k.workspace_id and u.id = k.unlock_id
      where k.workspace_id = ${workspaceId} and k.unlock_id = ${id} and ${isErased(tx)}
        and r.workspace_id = k.workspace_id and r.account_id = k.account_id and r.lookup_key = k.lookup_key
        and r.state <> 'HELD'`;
    const keys = await tx<{ lookup_key: string }[]>`
      delete from unlock_keys k
      using unlocks u
      where k.workspace_id = ${workspaceId} and k.unlock_id = ${id}
        and u.workspace_id = k.workspace_id and u.id = k.unlock_id and ${isErased(tx)}
      returning k.lookup_key`;
    forgotten += snapshots.count + new Set(keys.map((key) => key.lookup_key)).size;
  }
  const [first] = unlocks;
  // An unlock's id says nothing of the record: the log can never be erased. Nothing left to erase is recorded as well,
  // as proof that it was asked for.
  await recordChange(tx, caller, {
    action: 'record.forget',
    subject: subjectOf('unlockId' in name ? name.unlockId.toLowerCase() : first),
    before: null,
    after: { forgotten, unlocks: unlocks.length },
  });
  return { forgotten, unlocks: unlocks.length };
};

/** Null for a person who was found and never bought: their own id would be in the log for good. */
const subjectOf = (unlockId: string | undefined): string | null =>
  unlockId === undefined ? null : toPublicId('unlock', unlockId);

/** Erases a person from the rows of jobs that found them. Returns from how many. */
const forgetFoundPerson = async (tx: Transaction, workspaceId: string, name: RecordName): Promise<number> => {
  const { count } = await tx`
    with named as (${recordOf(tx, workspaceId, name)}),
    person as (select substr(record_key, length('person:id:') + 1) as id from named where record_key like 'person:id:%')
    update job_rows r set people = (
      select coalesce(jsonb_agg(one order by place), '[]')
      from jsonb_array_elements(r.people) with ordinality found (one, place)
      where lower(one ->> 'id') <> person.id)
    from person
    where r.workspace_id = ${workspaceId} and r.people is not null
      and exists (select from jsonb_array_elements(r.people) found where lower(found ->> 'id') = person.id)`;
  return count;
};

const recordOf = (tx: Transaction, workspaceId: string, name: RecordName) =>
  'recordKey' in name
    ? tx`select ${name.recordKey}::text as record_key`
    : tx`select record_key from unlocks where workspace_id = ${workspaceId} and id = ${name.unlockId}`;

// Keys of the same kind as the record's own are ids of the provider: they identify no person.
const isErased = (tx: Transaction) =>
  tx`regexp_replace(k.lookup_key, '[^:]*$', '') <> regexp_replace(u.record_key, '[^:]*$', '')`;

/** Every unlock of the workspace that has the record key, or is found by it. */
const unlocksOf = async (tx: Transaction, workspaceId: string, name: RecordName): Promise<string[]> => {
  const rows = await tx<{ id: string }[]>`
    with named as (${recordOf(tx, workspaceId, name)})
    select u.id from unlocks u join named n on u.record_key = n.record_key where u.workspace_id = ${workspaceId}
    union
    select k.unlock_id from unlock_keys k join named n on k.lookup_key = n.record_key where k.workspace_id = ${workspaceId}
    order by id`;
  return rows.map(({ id }) => id);
};

const neverBought = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'This workspace has bought or found no such record: name it by its own id (f… or fp…) or by the id of its unlock (unl_…).',
    { field: ['id'] },
  );
