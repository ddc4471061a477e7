import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Sql } from '../platform/database.js';
import type { Charge, Settlement, SettledEntry } from './types.js';
import { hoistCommonFields } from './hoist-common-fields.js';
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
export const settleBatch = async (sql: Sql, settlements: Settlement[]): Promise<SettledEntry[]> => {
  const copies: string[] = [];
  const { each, shared } = hoistCommonFields(
    settlements.map((settlement, index) => toJson(settlement, index, copies)),
  );
  const rows = await withQueryTimeout(
    sql<Row[]>`
      select * from settle_credits(
        ${storableJson(JSON.stringify(each))}::text::json, ${copies.join(recordSeparator)}::text,
        ${storableJson(JSON.stringify(shared))}::text::json)`,
    10_000,
  );
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

// No JSON text holds it: control characters within strings are escaped there.
const recordSeparator = '\u001e';

const toJson = (settlement: Settlement, index: number, copies: string[]) => {
  const found = settlement.outcome === 'FOUND' ? settlement.found : null;
  return {
    ord: index + 1,
    workspace_id: settlement.reservation.workspaceId,
    id: settlement.reservation.id,
    verdict: settlement.outcome,
    price: (found?.price ?? 0n).toString(),
    charged: settlement.charged?.toString() ?? null,
    record: found?.recordKey,
    aliases: found?.lookupKeys,
    copy: found?.body == null ? undefined : copies.push(found.body),
    problem: settlement.problem,
    latency_ms: Math.round(settlement.latencyMs),
  };
};
