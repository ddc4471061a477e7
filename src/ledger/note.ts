import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Sql } from '../platform/database.js';
import type { Labels, Outcome, Unlock } from './types.js';

/** An ask that ended without a call of its own: refused before any money moved, or answered by another's call. */
export type Note = {
  workspaceId: string;
  id: string;
  accountId: string | null;
  outcome: Outcome;
  /** The record that another's call has found, and what it would have cost. */
  unlock: Pick<Unlock, 'id' | 'price'> | null;
  problem: string | null;
  latencyMs: number;
  labels: Labels;
};

/** Writes the entries of a group of such asks. */
export const recordBatch = async (sql: Sql, notes: Note[]): Promise<void> => {
  const statement = sql`
    insert into entries (
      workspace_id, id, at, recorded_at, outcome, charge, credits, saved, account_id, ask_id, step, operation, provider,
      connection_id, payer, sandbox, token_id, workflow, unlock_id, problem, latency_ms)
    select i.workspace_id, i.id, now.at, now.at, i.outcome,
      case i.outcome
        when 'FOUND' then 'ALREADY_UNLOCKED'::charge
        when 'NOT_FOUND' then 'NOT_FOUND'
        else 'NONE'
      end,
      0, i.saved, i.account_id, i.ask_id, i.step, i.operation, i.provider, i.connection_id, i.payer, i.sandbox, i.token_id, i.workflow,
      i.unlock_id, i.problem, i.latency_ms
    from json_to_recordset(${JSON.stringify(notes.map(toJson))}::text::json) as i (
      workspace_id uuid, id uuid, account_id uuid, outcome outcome, problem text, latency_ms int, ask_id uuid,
      step int, operation text,
      provider text, connection_id uuid, payer text, sandbox boolean, token_id uuid, workflow text, unlock_id uuid,
      saved bigint
    ), (select clock_timestamp() as at) as now`;
  await withQueryTimeout(statement);
};

const toJson = (note: Note) => ({
  workspace_id: note.workspaceId,
  id: note.id,
  account_id: note.accountId,
  outcome: note.outcome,
  problem: note.problem,
  latency_ms: Math.round(note.latencyMs),
  ask_id: note.labels.lookupId,
  step: note.labels.step,
  operation: note.labels.operation,
  provider: note.labels.provider,
  connection_id: note.labels.connectionId,
  payer: note.labels.payer,
  sandbox: note.labels.sandbox,
  token_id: note.labels.tokenId,
  workflow: note.labels.workflow,
  unlock_id: note.unlock?.id ?? null,
  saved: (note.unlock?.price ?? 0n).toString(),
});
