import type { InferSelectModel } from 'drizzle-orm';
import { entries } from '../../schema/index.js';

type Row = InferSelectModel<typeof entries>;

/** One row of the ledger as people read it. */
export type Entry = Omit<Row, 'workspaceId' | 'credits' | 'saved' | 'budgetIds' | 'budgetStarts'> & {
  creditsCharged: bigint;
  creditsSaved: bigint;
};

export const entryColumns = {
  id: entries.id,
  lookupId: entries.lookupId,
  step: entries.step,
  kind: entries.kind,
  at: entries.at,
  recordedAt: entries.recordedAt,
  correctsEntryId: entries.correctsEntryId,
  outcome: entries.outcome,
  charge: entries.charge,
  creditsCharged: entries.credits,
  creditsSaved: entries.saved,
  accountId: entries.accountId,
  operation: entries.operation,
  provider: entries.provider,
  connectionId: entries.connectionId,
  payer: entries.payer,
  sandbox: entries.sandbox,
  tokenId: entries.tokenId,
  workflow: entries.workflow,
  unlockId: entries.unlockId,
  fromSnapshot: entries.fromSnapshot,
  problem: entries.problem,
  latencyMs: entries.latencyMs,
} as const;
