import { type SQL, sql } from 'drizzle-orm';
import type { UsageLabel } from './choose-sums.js';

const columns = [
  ['CONNECTION', 'connection_id'],
  ['PROVIDER', 'provider'],
  ['OPERATION', 'operation'],
  ['WORKFLOW', 'workflow'],
  ['TOKEN', 'token_id'],
  ['OUTCOME', 'outcome'],
  ['PAYER', 'payer'],
  ['SANDBOX', 'sandbox'],
] as const satisfies readonly (readonly [UsageLabel, string])[];

/**
 * The columns of the labels of a report, to follow another one in a list. A report has no others: to compare and to send
 * nulls took a fifth of the time of a long one.
 */
export const groupKeys = (labels: readonly UsageLabel[]): SQL =>
  sql.raw(columns.flatMap(([label, column]) => (labels.includes(label) ? [`, ${column}`] : [])).join(''));
