import { sql } from 'drizzle-orm';
import type { Database, Drizzle } from '../platform/database.js';
import { databaseErrorCode, retryOnDeadlock } from '../platform/database-errors.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import { nameOfRecord } from '../providers/name-of-record.js';
import { readStoredRecord, type RecordReaders } from './stored-record.js';
import { wordsOfName } from './words.js';

/** Keeps the words of names as recent as the snapshots. */
export type RecordWords = {
  /**
   * Writes the words that are due, for at most a second. Then a search finds every snapshot that was written before, except
   * after an upgrade, when the names of all earlier snapshots are due. A failure is logged and leaves them due.
   */
  catchUp: () => Promise<void>;
  /** Does so every `everyMs`; returns the function that stops it. */
  start: (everyMs: number) => () => Promise<void>;
};

type Deps = { database: Pick<Database, 'db'>; providers: RecordReaders; log: Log };
type Transaction = Pick<Drizzle, 'execute'>;

type UnlockKey = { workspace_id: string; unlock_id: string };
type NamedUnlock = UnlockKey & { name: string };

const unlocksPerBatch = 500;
const runMs = 1_000;
const timeoutMs = 10_000;

export const createRecordWords = (deps: Deps): RecordWords => {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    running = writeDue(deps).finally(() => {
      running = null;
    });
    return running;
  };
  /** Who comes during a run shares the next one: this run may have read what is due already. */
  const run = (): Promise<void> => {
    if (running === null) return begin();
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return begin();
      });
    return next;
  };
  return {
    catchUp: async () => {
      try {
        await run();
      } catch (error) {
        deps.log.warn({ code: databaseErrorCode(error) }, 'names of records could not be indexed');
      }
    },
    start: (everyMs) => runEvery(everyMs, { name: 'names of records', run }, deps.log),
  };
};

const writeDue = async ({ database: { db }, providers }: Deps): Promise<void> => {
  const endsMs = performance.now() + runMs;
  // Nearly always nothing is due: then there is no transaction.
  const [due] = await withQueryTimeout(db.execute(sql`select 1 as due from record_words_due limit 1`));
  if (due === undefined) return;
  for (let written = unlocksPerBatch; written === unlocksPerBatch && performance.now() < endsMs; ) {
    written = await withQueryTimeout(
      retryOnDeadlock(() => db.transaction((tx) => writeBatch(tx, providers))),
      timeoutMs,
    );
  }
};

/** Writes the words of some of the unlocks that are due; returns of how many. */
const writeBatch = async (tx: Transaction, providers: RecordReaders): Promise<number> => {
  // One instance at a time: of two that read a record, the one that read it earlier must not write last.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('words of records', 0))`);
  const due = await tx.execute<UnlockKey>(sql`
    delete from record_words_due d
    using (select workspace_id, id from record_words_due limit ${unlocksPerBatch}) n
    where d.workspace_id = n.workspace_id and d.id = n.id
    returning d.workspace_id, d.unlock_id`);
  if (due.length === 0) return 0;
  await replaceWords(tx, due, await readNames(tx, providers, due));
  return due.length;
};

/**
 * The names in the snapshots of these unlocks. Nobody can delete a snapshot before its words are written, and so leave
 * them behind; it may be written again meanwhile.
 */
const readNames = async (
  tx: Transaction,
  providers: RecordReaders,
  due: readonly UnlockKey[],
): Promise<NamedUnlock[]> => {
  const rows = await tx.execute<UnlockKey & { variant: string; name: string | null }>(sql`
    select s.workspace_id, s.unlock_id, s.variant, s.name
    from json_to_recordset(${JSON.stringify(due)}::text::json) as d (workspace_id uuid, unlock_id uuid)
    join snapshots s on s.workspace_id = d.workspace_id and s.unlock_id = d.unlock_id
    order by s.workspace_id, s.unlock_id, s.variant
    for key share of s`);
  const named: NamedUnlock[] = [];
  for (const row of rows) {
    named.push({ ...row, name: row.name ?? (await readName(tx, providers, row)) });
  }
  return named;
};

/** Reads and stores the name of a snapshot that an earlier release wrote. One body at a time: it may be large. */
const readName = async (
  tx: Transaction,
  providers: RecordReaders,
  { workspace_id, unlock_id, variant }: UnlockKey & { variant: string },
): Promise<string> => {
  const [stored] = await tx.execute<{ operation: string; provider: string; body: string }>(sql`
    select u.operation, u.provider, s.body
    from snapshots s
    join unlocks u on u.workspace_id = s.workspace_id and u.id = s.unlock_id
    where s.workspace_id = ${workspace_id} and s.unlock_id = ${unlock_id} and s.variant = ${variant}`);
  const record = stored === undefined ? null : readStoredRecord(providers, stored);
  const name = record === null ? '' : (nameOfRecord(record.record) ?? '');
  await tx.execute(sql`
    update snapshots s set name = ${name}
    where s.workspace_id = ${workspace_id} and s.unlock_id = ${unlock_id} and s.variant = ${variant}
      and s.name is null`);
  return name;
};

const replaceWords = async (
  tx: Transaction,
  due: readonly UnlockKey[],
  named: readonly NamedUnlock[],
): Promise<void> => {
  const words = named.flatMap(({ workspace_id, unlock_id, name }) =>
    wordsOfName(name).map((word) => ({ workspace_id, unlock_id, word })),
  );
  await tx.execute(sql`
    with due as (
      select distinct d.workspace_id, d.unlock_id
      from json_to_recordset(${JSON.stringify(due)}::text::json) as d (workspace_id uuid, unlock_id uuid)
    ),
    present as (
      select distinct n.workspace_id, n.unlock_id, n.word
      from json_to_recordset(${JSON.stringify(words)}::text::json) as n (workspace_id uuid, unlock_id uuid, word text)
    ),
    gone as (
      delete from record_words w
      using due d
      where w.workspace_id = d.workspace_id and w.unlock_id = d.unlock_id
        and not exists (
          select from present p
          where p.workspace_id = w.workspace_id and p.unlock_id = w.unlock_id and p.word = w.word)
    )
    insert into record_words (workspace_id, word, unlock_id)
    select p.workspace_id, p.word, p.unlock_id from present p
    order by p.workspace_id, p.word, p.unlock_id
    on conflict do nothing`);
};
