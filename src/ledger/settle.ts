import { setTimeout as sleep } from 'node:timers/promises';
import { createBatcher } from '../platform/batcher.js';
import type { Sql } from '../platform/database.js';
import { databaseErrorCode, isDatabaseLost, isTransient } from '../platform/database-errors.js';
import type { Log } from '../platform/log.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import { hoistCommonFields } from './hoist-common-fields.js';
import { readSettled, type SettledRow } from './rows.js';
import { settleOne } from './settle-one.js';
import type { LedgerLimits, SettledEntry, Settlement } from './types.js';

/**
 * Makes the function that settles. What a provider has charged must reach the ledger: while the database is
 * unavailable the settlement is kept in memory and tried again. If this process dies first, the reservation expires
 * and its charge is presumed.
 */
export const createSettler = (
  sql: Sql,
  log: Log,
  limits: Pick<LedgerLimits, 'ledgerBatchMax' | 'alone'>,
): {
  settle: (settlement: Settlement) => Promise<SettledEntry>;
  close: (timeoutMs: number) => Promise<void>;
} => {
  const open = new Set<Promise<SettledEntry>>();
  let closed = false;
  const inBatch = createBatcher<Settlement, SettledEntry>({
    name: 'settlement',
    run: async (settlements) => {
      const [settlement] = settlements;
      return settlement !== undefined && settlements.length === 1 && limits.alone !== 'BATCH'
        ? [await settleOne(sql, settlement)]
        : await settleBatch(sql, settlements);
    },
    itemsMax: limits.ledgerBatchMax,
    failsWhole: isTransient,
  });

  const settleWithRetry = async (settlement: Settlement): Promise<SettledEntry> => {
    for (let delayMs = 50; ; delayMs = Math.min(delayMs * 2, 1000)) {
      try {
        return await inBatch(settlement);
      } catch (error) {
        if (closed || !isTransient(error)) {
          log.error(
            {
              reservation: settlement.reservation.id,
              outcome: settlement.outcome,
              cause: databaseErrorCode(error),
            },
            'settlement could not be written',
          );
          throw error;
        }
        // The database's loss has a line of its own.
        const level = isDatabaseLost(error) ? 'debug' : 'warn';
        const cause = databaseErrorCode(error);
        log[level](
          { reservation: settlement.reservation.id, delayMs, cause },
          'settlement waits for the database',
        );
        await sleep(delayMs);
      }
    }
  };

  return {
    settle: (settlement) => {
      const work: Promise<SettledEntry> = settleWithRetry(settlement).finally(() => open.delete(work));
      open.add(work);
      return work;
    },
    close: async (timeoutMs) => {
      const all = Promise.allSettled(open);
      await Promise.race([all, sleep(timeoutMs, undefined, { ref: false })]);
      closed = true;
    },
  };
};

/** Settles a batch of reservations in one statement; returns the entries in their order. */
export const settleBatch = async (sql: Sql, settlements: Settlement[]): Promise<SettledEntry[]> => {
  const snapshots: string[] = [];
  const { each, shared } = hoistCommonFields(
    settlements.map((settlement, index) => toJson(settlement, index, snapshots)),
  );
  const [part1, part2, part3, part4, part5, part6, part7, part8] = joinInParts(snapshots);
  const rows = await withQueryTimeout(
    sql<SettledRow[]>`
      select * from settle_credits(
        ${storableJson(JSON.stringify(each))}::text::json,
        concat(${part1}::text, ${part2}::text, ${part3}::text, ${part4}::text,
          ${part5}::text, ${part6}::text, ${part7}::text, ${part8}::text),
        ${storableJson(JSON.stringify(shared))}::text::json)`,
    10_000,
  );
  return rows.map(readSettled);
};

// No JSON text contains it: JSON escapes control characters within strings.
const recordSeparator = '\u001e';

type EightTexts = [string, string, string, string, string, string, string, string];

/**
 * The snapshots, separated, as eight texts to be put together by PostgreSQL. As one text, those of a large batch are a
 * large object of V8, with fresh pages each time: 5 ms of processor time for 128 snapshots of 4 KB, and 2 ms in parts.
 */
const joinInParts = (snapshots: readonly string[]): EightTexts => {
  const size = Math.ceil(snapshots.length / 8);
  const part = (at: number): string => {
    const text = snapshots.slice(at * size, (at + 1) * size).join(recordSeparator);
    return at > 0 && text !== '' ? recordSeparator + text : text;
  };
  return [part(0), part(1), part(2), part(3), part(4), part(5), part(6), part(7)];
};

const toJson = (settlement: Settlement, index: number, snapshots: string[]) => {
  const found = settlement.outcome === 'FOUND' ? settlement.found : null;
  return {
    batch_position: index + 1,
    workspace_id: settlement.reservation.workspaceId,
    id: settlement.reservation.id,
    outcome: settlement.outcome,
    price: (found?.price ?? 0n).toString(),
    reported_credits: settlement.charged?.toString() ?? null,
    record_key: found?.recordKey,
    lookup_keys: found?.lookupKeys,
    record_name: found?.name,
    snapshot_position: found?.body == null ? undefined : snapshots.push(found.body),
    problem: settlement.problem,
    presumed_cause: settlement.outcome === 'FOUND' ? undefined : (settlement.presumedCause ?? undefined),
    latency_ms: Math.round(settlement.latencyMs),
  };
};

/**
 * JSON text that PostgreSQL accepts: it refuses the escapes of NUL and of lone surrogates, which JSON allows. They
 * become U+FFFD, so that a paid record is not lost to one character. Expects the output of JSON.stringify.
 */
export const storableJson = (json: string): string =>
  json.includes('\\u')
    ? json.replace(/\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g, (escape) =>
        escape === '\\\\' ? escape : '\\ufffd',
      )
    : json;
