import type { CreditRange } from './quote-shape.js';

/**
 * What one step can do. SKIPPED: it is not called, or its snapshot has not all required fields. FINAL: it returns a
 * snapshot with all required fields, for nothing. CALLED: it costs its range if it finds a record; `mayContinue` where
 * that record may miss required fields, so that the next step is called too.
 */
export type StepForecast =
  | { kind: 'SKIPPED' }
  | { kind: 'FINAL' }
  | ({ kind: 'CALLED'; mayContinue: boolean } & CreditRange);

const nothing: CreditRange = { minCredits: 0n, maxCredits: 0n };

/** What a lookup costs over its steps if one of them finds a record. A miss costs nothing and continues. */
export const costOf = (steps: readonly StepForecast[]): CreditRange => costFrom(steps) ?? nothing;

/** Null where no step can find a record. */
const costFrom = ([step, ...later]: readonly StepForecast[]): CreditRange | null => {
  if (step === undefined) return null;
  if (step.kind === 'FINAL') return nothing;
  const rest = costFrom(later);
  if (step.kind === 'SKIPPED') return rest;
  if (rest === null) return { minCredits: step.minCredits, maxCredits: step.maxCredits };
  const higher = step.maxCredits > rest.maxCredits ? step.maxCredits : rest.maxCredits;
  return {
    minCredits: step.minCredits < rest.minCredits ? step.minCredits : rest.minCredits,
    maxCredits: step.mayContinue ? step.maxCredits + rest.maxCredits : higher,
  };
};

/** The maximum cost of the steps that `counts` selects: what one budget, or one account, could lose. */
export const maxCounted = <Step extends { forecast: StepForecast }>(
  steps: readonly Step[],
  counts: (step: Step) => boolean,
): bigint =>
  costOf(
    steps.map((step) =>
      step.forecast.kind === 'CALLED' && !counts(step) ? { ...step.forecast, ...nothing } : step.forecast,
    ),
  ).maxCredits;

export const addRanges = (ranges: readonly CreditRange[]): CreditRange => ({
  minCredits: ranges.reduce((sum, { minCredits }) => sum + minCredits, 0n),
  maxCredits: ranges.reduce((sum, { maxCredits }) => sum + maxCredits, 0n),
});
