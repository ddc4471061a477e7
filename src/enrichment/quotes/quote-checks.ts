import type { Caller } from '../../access/caller.js';
import { maxCounted } from './quote-cost.js';
import type { QuoteBudget, QuoteChecks } from './quote-shape.js';
import type { QuotedStep } from './quote-steps.js';

/** What is left of a budget, and whose spending counts against it. */
export type RemainingBudget = {
  id: string;
  name: string;
  scope: 'WORKSPACE' | 'CONNECTION' | 'WORKFLOW' | 'TOKEN' | 'MANAGED';
  subject: string | null;
  mode: 'HARD' | 'SOFT';
  remaining: bigint;
};

/** Whether the maximum cost of the items is within every budget, the request's limit and the balances. */
export const checksOf = async (
  items: readonly (readonly QuotedStep[])[],
  limits: {
    caller: Caller;
    workflow: string | null;
    budgets: readonly RemainingBudget[];
    maxCredits: bigint;
    /** What the request may spend; null for no limit. */
    creditsMax: bigint | null;
    balanceOf: (caller: Caller, accountId: string) => Promise<bigint | null>;
  },
): Promise<QuoteChecks> => {
  const { caller, creditsMax } = limits;
  const total = (counts: (step: QuotedStep) => boolean): bigint =>
    items.reduce((sum, steps) => sum + maxCounted(steps, counts), 0n);

  const budgets = limits.budgets.flatMap((budget): QuoteBudget[] => {
    const maxCredits = total((step) => countsAgainst(budget, step, caller, limits.workflow));
    if (maxCredits === 0n) return [];
    const { id, name, mode, remaining } = budget;
    return [{ id, name, mode, remaining, maxCredits, allowed: mode === 'SOFT' || maxCredits <= remaining }];
  });
  const withinLimit = creditsMax === null || limits.maxCredits <= creditsMax;

  const accounts = new Set(items.flat().flatMap(({ credential }) => credential?.accountId ?? []));
  const balances = await Promise.all(
    [...accounts].map(async (accountId) => {
      const needed = total(({ credential }) => credential?.accountId === accountId);
      if (needed === 0n) return true;
      const balance = await limits.balanceOf(caller, accountId);
      return balance === null ? null : needed <= balance;
    }),
  );
  const balance = balances.includes(false) ? false : balances.includes(null) ? null : true;

  const reasons = [
    ...budgets.filter(({ allowed }) => !allowed).map(budgetReason),
    ...(withinLimit
      ? []
      : [`The request may spend ${creditsMax} credits, and this may cost ${limits.maxCredits}.`]),
    ...(balance === false ? ['The estimated balance of an account may not suffice.'] : []),
  ];
  return { budgets, maxCredits: withinLimit, balance, allowed: reasons.length === 0, reasons };
};

const countsAgainst = (
  { scope, subject }: RemainingBudget,
  { credential }: QuotedStep,
  caller: Caller,
  workflow: string | null,
): boolean => {
  switch (scope) {
    case 'WORKSPACE':
      return true;
    case 'CONNECTION':
      return subject !== null && subject === credential?.connectionId;
    case 'WORKFLOW':
      return subject !== null && subject === workflow;
    case 'TOKEN':
      return subject === caller.tokenId;
    case 'MANAGED':
      return credential?.payer === 'MANAGED';
  }
};

const budgetReason = ({ name, remaining, maxCredits }: QuoteBudget): string =>
  `The budget "${name}" has ${remaining} credits left, and this may cost ${maxCredits}.`;
