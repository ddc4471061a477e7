import { type Problem, type ProblemCode, problem } from '../errors.js';
import type { FullBudget } from '../ledger/ask.js';
import type { NoRecord } from '../providers/provider.js';
import type { Outcome } from './answer.js';

/** What a problem with a provider means for the caller, and what to do. One text for each code, on every surface. */
export const explain = (code: ProblemCode, title: string, retryAfterSeconds: number | null = null): Problem =>
  problem(code, texts(title)[code] ?? `${title} could not answer (${code}).`, retryAfterSeconds);

/** What it means that nobody knows whether the provider charged, by the reason why nobody does. */
export const explainUnknown = (code: ProblemCode, title: string): Problem =>
  problem(
    code,
    `${unknownTexts(title)[code] ?? `The call to ${title} was given up.`} It is not known whether it was charged, so a credit reserved for it is counted as presumed; ask again, which settles it at no further cost.`,
  );

const unknownTexts = (title: string): Partial<Record<ProblemCode, string>> => ({
  PROVIDER_TIMEOUT: `${title} did not answer in time.`,
  PROVIDER_UNAVAILABLE: `The connection to ${title} was lost before its answer was whole.`,
  PROVIDER_ANSWER_UNREADABLE: `The answer of ${title} could not be read.`,
});

const texts = (title: string): Partial<Record<ProblemCode, string>> => ({
  KEY_REFUSED: `${title} refused the key: it may have been revoked or deleted. Copy the present one from ${title} and rotate the connection's key.`,
  PLAN_WITHOUT_API: `${title} takes the key, but its plan has no API access: it needs Teams Pro or above; write to support@firmable.com to upgrade.`,
  OUT_OF_CREDITS: `The ${title} account has no credits left: buy more or wait for its renewal. Records it has unlocked stay free.`,
  RATE_LIMITED: `${title} takes no more requests from this key just now; nothing was charged. Ask again after the delay.`,
  PROVIDER_UNAVAILABLE: `${title} could not be reached or answered with a fault; nothing was charged. Ask again later.`,
  PROVIDER_TIMEOUT: `${title} did not answer in time. Ask again later.`,
  PROVIDER_ANSWER_UNREADABLE: `The answer of ${title} could not be read. Ask again later.`,
  LEDGER_UNAVAILABLE:
    'The answer came, but the ledger cannot be written just now; it will be as soon as it can. Ask again in a moment, at no further cost.',
});

/** A provider's answer without a record, as an outcome and a problem. */
export const readNoRecord = (
  verdict: NoRecord,
  title: string,
): { outcome: Exclude<Outcome, 'FOUND'>; problem: Problem | null } => {
  switch (verdict.kind) {
    case 'NOT_FOUND':
      return { outcome: 'NOT_FOUND', problem: null };
    case 'THROTTLED':
      return { outcome: 'FAILED', problem: explain('RATE_LIMITED', title, verdict.retryAfterSeconds) };
    case 'REFUSED':
      return { outcome: 'REFUSED', problem: explain(verdict.code, title) };
    case 'BROKEN':
      return { outcome: 'FAILED', problem: explain(verdict.code, title) };
    case 'UNKNOWN':
      return { outcome: 'UNKNOWN', problem: explainUnknown(verdict.code, title) };
  }
};

/** A refusal by a budget: its name, its limit, what is used, and when it renews. */
export const explainBudget = (budget: FullBudget): Problem => {
  const renews =
    budget.renewsAt === null ? 'It does not renew' : `It renews at ${budget.renewsAt.toISOString()}`;
  return problem(
    'BUDGET_EXCEEDED',
    `The budget "${budget.name}" allows ${budget.limit} credits: ${budget.spent} are spent and ${budget.reserved} reserved. ${renews}; an ADMIN can raise it.`,
  );
};

export const maxCreditsExceeded = (): Problem =>
  problem(
    'MAX_CREDITS_EXCEEDED',
    'This would cost more than the request may spend (maxCredits, X-Max-Credits; requests over GET spend nothing). Raise the limit, or ask by POST.',
  );
