import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.js';
import { budgetChecks } from './budget-checks.js';
import { entryChecks } from './entry-checks.js';
import { fallbackChecks } from './fallback-checks.js';
import type { LedgerCheck } from './ledger-check.js';
import { rollupChecks } from './rollup-checks.js';
import { unlockChecks } from './unlock-checks.js';
import { usageChecks } from './usage-checks.js';

type LedgerFindings = {
  /** One line for each violated invariant, with its workspace. */
  disagreements: { workspaceId: string; line: string }[];
  /** What violates nothing, but needs attention. */
  hints: { workspaceId: string; line: string }[];
  /** How much was read. */
  entries: number;
  /** Entries in archived months, whose sums were compared. */
  archived: number;
  unlocks: number;
  budgetPeriods: number;
};

/**
 * Recomputes everything from the entries, in one snapshot and without writing: unlocks and their prices, presumed
 * charges and their corrections, reserved and spent credits of each budget period, and the sums of the reports. For one
 * workspace, or for all.
 */
export const verifyLedger = async (
  { db }: Database,
  only: { workspaceId?: string } = {},
): Promise<LedgerFindings> => {
  const { workspaceId } = only;
  const inScope = (column: SQL): SQL =>
    workspaceId === undefined ? sql`true` : sql`${column} = ${workspaceId}`;
  return await db.transaction(
    async (tx) => {
      // A whole ledger takes longer to read than the timeout of ordinary statements allows.
      await tx.execute(sql`set local statement_timeout = 0`);
      const linesOf = async (
        checks: readonly LedgerCheck[],
      ): Promise<{ workspaceId: string; line: string }[]> => {
        const lines: { workspaceId: string; line: string }[] = [];
        for (const check of checks) {
          const rows = await tx.execute<{ workspace_id: string; line: string }>(check(inScope));
          lines.push(...rows.map((row) => ({ workspaceId: row.workspace_id, line: row.line })));
        }
        return lines;
      };
      const disagreements = await linesOf([
        ...unlockChecks,
        ...entryChecks,
        ...budgetChecks,
        ...usageChecks,
        ...rollupChecks,
        ...fallbackChecks,
      ]);
      const hints = await linesOf([overdue]);
      const [counted] = await tx.execute<{
        entries: string;
        archived: string;
        unlocks: string;
        periods: string;
      }>(sql`
        select (select count(*) from entries e where ${inScope(sql`e.workspace_id`)}) as entries,
          (select coalesce(sum(m.entries), 0) from archived_months m where ${inScope(sql`m.workspace_id`)}) as archived,
          (select count(*) from unlocks u where ${inScope(sql`u.workspace_id`)}) as unlocks,
          (select count(*) from budget_periods p where ${inScope(sql`p.workspace_id`)}) as periods`);
      return {
        disagreements,
        hints,
        entries: Number(counted?.entries),
        archived: Number(counted?.archived),
        unlocks: Number(counted?.unlocks),
        budgetPeriods: Number(counted?.periods),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
};

/** Every instance expires what is overdue within seconds: after a minute none runs, or something blocks it. */
const overdue: LedgerCheck = (inScope) => sql`
  select r.workspace_id,
    format('reservation %s has been overdue since %s: no gateway is running, or it cannot write', r.id, r.expires_at)
      as line
  from reservations r
  where r.state = 'HELD' and r.expires_at < now() - interval '1 minute' and ${inScope(sql`r.workspace_id`)}
  order by r.expires_at`;
