import type { Caller } from '../../access/caller.js';
import { costOf, maxCounted } from './quote-cost.js';
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

/** What the checks compare with: whose spending it is, what is left, and who is limited. */
export type QuoteLimits = {
  caller: Caller;
  workflow: string | null;
  budgets: readonly RemainingBudget[];
  /** What may be spent; null for no limit. */
  creditsMax: bigint | null;
  /** What has that limit, in a sentence. */
  limited: 'request' | 'job';
  balanceOf: (caller: Caller, accountId: string) => Promise<bigint | null>;
};

/** Sums what items could take from each budget and each account. It keeps the sums, and none of the items. */
export const createQuoteChecks = (
  limits: QuoteLimits,
): {
  add: (steps: readonly QuotedStep[]) => void;
  /** Whether the maximum cost of all items, `maxCredits`, is within every budget, the limit and the balances. */
  end: (maxCredits: bigint) => Promise<QuoteChecks>;
} => {
  const { caller, creditsMax, limited } = limits;
  const ofBudget = new Map<RemainingBudget, bigint>();
  const ofAccount = new Map<string, bigint>();

  return {
    add: (steps) => {
      if (costOf(steps).maxCredits === 0n) return;
      for (const budget of limits.budgets) {
        const most = maxCounted(steps, (step) => countsAgainst(budget, step, caller, limits.workflow));
        if (most > 0n) ofBudget.set(budget, (ofBudget.get(budget) ?? 0n) + most);
      }
      for (const accountId of new Set(steps.flatMap(({ credential }) => credential?.accountId ?? []))) {
        const most = maxCounted(steps, ({ credential }) => credential?.accountId === accountId);
        if (most > 0n) ofAccount.set(accountId, (ofAccount.get(accountId) ?? 0n) + most);
      }
    },
    end: async (total) => {
      const budgets = limits.budgets.flatMap((budget): QuoteBudget[] => {
        const maxCredits = ofBudget.get(budget);
        if (maxCredits === undefined) return [];
        const { id, name, mode, remaining } = budget;
        const allowed = mode === 'SOFT' || maxCredits <= remaining;
        return [{ id, name, mode, remaining, maxCredits, allowed }];
      });
      const withinLimit = creditsMax === null || total <= creditsMax;

      const balances = await Promise.all(
        [...ofAccount].map(async ([accountId, needed]) => {
          const balance = await limits.balanceOf(caller, accountId);
          return balance === null ? null : needed <= balance;
        }),
      );
      const balance = balances.includes(false) ? false : balances.includes(null) ? null : true;

      const reasons = [
        ...budgets.filter(({ allowed }) => !allowed).map(budgetReason),
        ...(withinLimit
          ? []
          : [`The ${limited} may spend ${creditsMax} credits, and this may cost ${total}.`]),
        ...(balance === false ? ['The estimated balance of an account may not suffice.'] : []),
      ];
      return { budgets, maxCredits: withinLimit, balance, allowed: reasons.length === 0, reasons };
    },
  };
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
