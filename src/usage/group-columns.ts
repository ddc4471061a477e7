import { type SQL, sql } from 'drizzle-orm';
import type { UsageLabel } from './choose-sums.js';

/** The columns of the labels to group by; null for the others. */
export const groupColumns = (labels: readonly UsageLabel[]): SQL => {
  const by = (label: UsageLabel, column: string, type: string): SQL =>
    sql.raw(labels.includes(label) ? column : `null::${type} as ${column}`);
  return sql.join(
    [
      by('CONNECTION', 'connection_id', 'uuid'),
      by('PROVIDER', 'provider', 'text'),
      by('OPERATION', 'operation', 'text'),
      by('WORKFLOW', 'workflow', 'text'),
      by('TOKEN', 'token_id', 'uuid'),
      by('OUTCOME', 'outcome', 'outcome'),
      by('PAYER', 'payer', 'text'),
      by('SANDBOX', 'sandbox', 'boolean'),
    ],
    sql`, `,
  );
};
