import type { BudgetPeriod, BudgetScope, BudgetStateFragment } from '../../api/operations.js';
import { formatInstant } from '../../ui/format.js';

export const scopeTitles: Record<BudgetScope, string> = {
  WORKSPACE: 'Workspace',
  CONNECTION: 'Connection',
  WORKFLOW: 'Workflow',
  TOKEN: 'Token',
  MANAGED: 'Managed account',
};

export const periodTitles: Record<BudgetPeriod, string> = {
  DAY: 'Daily',
  WEEK: 'Weekly',
  MONTH: 'Monthly',
  TOTAL: 'Total',
};

/** What a budget limits: `Workflow crm-sync`. */
export const scopeOf = ({
  scope,
  subject,
  connection,
  token,
}: Pick<BudgetStateFragment, 'scope' | 'subject'> & {
  connection: { name: string } | null;
  token: { name: string } | null;
}): string => {
  if (scope === 'WORKSPACE') return 'Whole workspace';
  const name = connection?.name ?? token?.name ?? subject ?? '';
  return `${scopeTitles[scope]} ${name}`.trim();
};

/** When a period ends, on the budget's own clocks: `1 Dec 2026, 00:00 Australia/Sydney`. */
export const formatRenewal = (renewsAt: string | Date, timeZone: string): string => {
  const at = formatInstant(new Date(renewsAt).toISOString(), timeZone).replace(/:00$/, '');
  return `${at} ${timeZone.replaceAll('_', ' ')}`;
};
