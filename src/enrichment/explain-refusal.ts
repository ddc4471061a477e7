import { type Problem, problem } from '../errors.js';
import type { FullBudget } from '../ledger/types.js';
import type { RecordField } from '../providers/provider.js';
import type { AccountHealth } from '../providers/circuit-breaker.js';
import type { ProviderInfo } from './explain.js';

/** A refusal by a budget: its name, its limit, what is used, and when it renews. */
export const explainBudget = (budget: FullBudget): Problem => {
  const renews =
    budget.renewsAt === null ? 'It does not renew' : `It renews at ${budget.renewsAt.toISOString()}`;
  return problem(
    'BUDGET_EXCEEDED',
    `The budget "${budget.name}" allows ${budget.limit} credits: ${budget.spent} are spent and ${budget.reserved} reserved. ${renews}; ${budget.setByOperator ? 'the operator of this gateway' : 'an ADMIN'} can raise it.`,
  );
};

export const maxCreditsExceeded = (): Problem =>
  problem(
    'MAX_CREDITS_EXCEEDED',
    'This would cost more than the request may spend (maxCredits, X-Max-Credits; requests over GET spend nothing). Raise the limit, or ask by POST.',
  );

/** A call that the circuit breaker held back. */
export const explainSkip = ({ title }: ProviderInfo, health: AccountHealth): Problem => {
  const waitMs = (health.probeAt?.getTime() ?? 0) - Date.now();
  return problem(
    'PROVIDER_UNAVAILABLE',
    `Skipped: the last ${health.failures} calls to ${title} with this key failed (${health.reason}), so it is not asked for a while; nothing was charged. Ask again after the delay.`,
    Math.max(1, Math.ceil(waitMs / 1_000)),
  );
};

export const noTimeLeft = ({ title }: ProviderInfo): Problem =>
  problem(
    'PROVIDER_TIMEOUT',
    `No time was left to ask ${title}; nothing was charged. Ask again, or put it earlier in the waterfall.`,
  );

/** What a record lacks of the fields that its step requires. */
export const explainMissingFields = ({ title }: ProviderInfo, fields: readonly RecordField[]): Problem =>
  problem('FIELDS_MISSING', `The record of ${title} has no ${fields.join(', ')}.`);
