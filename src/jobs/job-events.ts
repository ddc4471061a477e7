import { channel } from 'node:diagnostics_channel';
import { outcome } from '../../schema/tables/index.js';
import type { Outcome } from '../ledger/types.js';

/** The diagnostics channel on which the rows that a statement has finished are published, as `FinishedRows`. */
export const rowsFinished = 'firmable-gateway.job-rows-finished';

export const rowOutcomes: readonly Outcome[] = outcome.enumValues;

/** How many rows have each outcome. */
export type FinishedRows = Partial<Record<Outcome, number>>;

/** The diagnostics channel on which is published how many chunks were taken from instances that died: a number. */
export const chunksTakenOver = 'firmable-gateway.job-chunks-taken-over';

const finished = channel(rowsFinished);
const takenOver = channel(chunksTakenOver);

/** Publishes rows that were stored. Without a subscriber nothing is counted. */
export const publishFinished = (rows: readonly { outcome: Outcome }[]): void => {
  if (!finished.hasSubscribers || rows.length === 0) return;
  const counts: FinishedRows = {};
  for (const row of rows) counts[row.outcome] = (counts[row.outcome] ?? 0) + 1;
  finished.publish(counts);
};

export const publishTakenOver = (chunks: number): void => {
  if (chunks > 0) takenOver.publish(chunks);
};
