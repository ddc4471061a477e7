import { answered } from '../platform/answered.js';
import type { Sql } from '../platform/database.js';
import type { Charge, Ending, Settled } from './ask.js';
import { storableJson } from './storable-json.js';

type Row = {
  settled: boolean;
  charge: Charge | null;
  credits: string | null;
  saved: string | null;
  unlock_id: string | null;
  unlocked_at: Date | null;
  fetched_at: Date;
};

/** The statement that ends a group of reservations; answers in their order. */
export const settleGroup = async (sql: Sql, endings: Ending[]): Promise<Settled[]> => {
  const json = `[${endings.map(toJson).join(',')}]`;
  const rows = await answered(sql<Row[]>`select * from settle_credits(${json}::text::json)`, 10_000);
  return rows.map((row) => ({
    settled: row.settled,
    charge: row.charge,
    credits: BigInt(row.credits ?? 0),
    saved: BigInt(row.saved ?? 0),
    unlock:
      row.unlock_id === null || row.unlocked_at === null
        ? null
        : { id: row.unlock_id, unlockedAt: row.unlocked_at },
    fetchedAt: row.fetched_at,
  }));
};

/** The body is JSON already: it is set into the text as it is, neither parsed nor escaped again. */
const toJson = (ending: Ending, index: number): string => {
  const found = ending.outcome === 'FOUND' ? ending.found : null;
  const facts = storableJson(
    JSON.stringify({
      ord: index + 1,
      workspace_id: ending.reservation.workspaceId,
      id: ending.reservation.id,
      verdict: ending.outcome,
      price: (found?.price ?? 0n).toString(),
      record: found?.record,
      aliases: found?.aliases,
      problem: ending.problem,
      latency_ms: Math.round(ending.latencyMs),
    }),
  );
  return found?.body == null ? facts : `${facts.slice(0, -1)},"body":${storableJson(found.body)}}`;
};
