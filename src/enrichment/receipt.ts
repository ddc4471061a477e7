import type { Charge } from '../ledger/types.js';
import type { Attempt, Receipt } from './lookup-result.js';
import type { StepResult } from './step-result.js';

/** The receipt over all steps of an ask; `decisive` is the one whose record it is, or that decided the answer. */
export const receiptOf = (
  ends: readonly [StepResult<unknown>, ...StepResult<unknown>[]],
  decisive: StepResult<unknown>,
): Receipt => {
  const attempts = ends.map(({ attempt }) => attempt);
  return {
    id: ends[0].attempt.entryId,
    charge: chargeOf(attempts, decisive.attempt),
    creditsCharged: sum(attempts.map(({ creditsCharged }) => creditsCharged)),
    creditsSaved: sum(attempts.map(({ creditsSaved }) => creditsSaved)),
    payer: decisive.attempt.payer,
    provider: decisive.attempt.provider,
    fromSnapshot: decisive.attempt.fromSnapshot,
    sandbox: decisive.sandbox,
    unlockedAt: decisive.unlockedAt,
    fetchedAt: decisive.fetchedAt,
    attempts,
  };
};

/** What moved money says more than what moved none. */
const chargeOf = (attempts: readonly Attempt[], decisive: Attempt): Charge =>
  (['CHARGED', 'PRESUMED'] as const).find((charge) => attempts.some((one) => one.charge === charge)) ??
  decisive.charge;

const sum = (credits: readonly bigint[]): bigint => credits.reduce((total, one) => total + one, 0n);
