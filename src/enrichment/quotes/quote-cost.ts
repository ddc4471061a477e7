import type { CreditRange } from './quote-shape.js';

/**
 * What one step of an ask can do. PASSED: it is not asked, or its record was already there and lacks something. ENDS: it
 * has the record with all that is required, for nothing. ASKED: it costs its range if it finds; `mayGoOn` where what
 * it finds may lack something, so that the next step is asked as well.
 */
export type Prospect =
  | { kind: 'PASSED' }
  | { kind: 'ENDS' }
  | ({ kind: 'ASKED'; mayGoOn: boolean } & CreditRange);

const nothing: CreditRange = { minCredits: 0n, maxCredits: 0n };

/** What an ask costs over its steps, if one of them finds. A miss costs nothing and goes on to the next. */
export const costOf = (prospects: readonly Prospect[]): CreditRange => fromHere(prospects) ?? nothing;

/** Null where no step can find. */
const fromHere = ([step, ...later]: readonly Prospect[]): CreditRange | null => {
  if (step === undefined) return null;
  if (step.kind === 'ENDS') return nothing;
  const rest = fromHere(later);
  if (step.kind === 'PASSED') return rest;
  if (rest === null) return { minCredits: step.minCredits, maxCredits: step.maxCredits };
  return {
    minCredits: step.minCredits < rest.minCredits ? step.minCredits : rest.minCredits,
    maxCredits: step.mayGoOn
      ? step.maxCredits + rest.maxCredits
      : step.maxCredits > rest.maxCredits
        ? step.maxCredits
        : rest.maxCredits,
  };
};

/** The same, counting only the steps that `counts` says: what one budget, or one account, could lose. */
export const mostCounted = <Step extends { prospect: Prospect }>(
  steps: readonly Step[],
  counts: (step: Step) => boolean,
): bigint =>
  costOf(
    steps.map((step) =>
      step.prospect.kind === 'ASKED' && !counts(step)
        ? { ...step.prospect, minCredits: 0n, maxCredits: 0n }
        : step.prospect,
    ),
  ).maxCredits;
