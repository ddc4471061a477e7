import type { Sql } from '../platform/database.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { EntryLabels, Outcome, Unlock } from './types.js';

/** An entry without a provider call of its own: a refusal before any credits moved, or the result of another's call. */
export type EntryWithoutCall = {
  workspaceId: string;
  id: string;
  accountId: string | null;
  outcome: Outcome;
  /** The record that the other call found, and what it would have cost. */
  unlock: Pick<Unlock, 'id' | 'price'> | null;
  problem: string | null;
  latencyMs: number;
  labels: EntryLabels;
};

/** Writes a batch of such entries. */
export const recordBatch = async (sql: Sql, entries: EntryWithoutCall[]): Promise<void> => {
  const statement = sql`
    insert into entries (
      workspace_id, id, occurred_at, recorded_at, outcome, charge, credits, saved, account_id, lookup_id, step, operation,
      provider, connection_id, payer, sandbox, token_id, workflow, job_id, job_row, unlock_id, problem, latency_ms)
    select i.workspace_id, i.id, now.at, now.at, i.outcome,
      case i.outcome
        when 'FOUND' then 'ALREADY_UNLOCKED'::charge
        when 'NOT_FOUND' then 'NOT_FOUND'
        else 'NONE'
      end,
      0, i.saved, i.account_id, i.lookup_id, i.step, i.operation, i.provider, i.connection_id, i.payer, i.sandbox,
      i.token_id, i.workflow, i.job_id, i.job_row, i.unlock_id, i.problem, i.latency_ms
    from json_to_recordset(${JSON.stringify(entries.map(toJson))}::text::json) as i (
      workspace_id uuid, id uuid, account_id uuid, outcome outcome, problem text, latency_ms int, lookup_id uuid,
      step int, operation text, provider text, connection_id uuid, payer text, sandbox boolean, token_id uuid, workflow text,
      job_id uuid, job_row int, unlock_id uuid,
      saved bigint
    ), (select clock_timestamp() as at) as now`;
  await withQueryTimeout(statement);
};

const toJson = (entry: EntryWithoutCall) => ({
  workspace_id: entry.workspaceId,
  id: entry.id,
  account_id: entry.accountId,
  outcome: entry.outcome,
  problem: entry.problem,
  latency_ms: Math.round(entry.latencyMs),
  lookup_id: entry.labels.lookupId,
  step: entry.labels.step,
  operation: entry.labels.operation,
  provider: entry.labels.provider,
  connection_id: entry.labels.connectionId,
  payer: entry.labels.payer,
  sandbox: entry.labels.sandbox,
  token_id: entry.labels.tokenId,
  workflow: entry.labels.workflow,
  job_id: entry.labels.jobId,
  job_row: entry.labels.jobRow,
  unlock_id: entry.unlock?.id ?? null,
  saved: (entry.unlock?.price ?? 0n).toString(),
});
