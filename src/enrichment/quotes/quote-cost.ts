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

/** A step with its forecast. */
type Forecast = { forecast: StepForecast; shown: { registrableDomain: string | null } };

/**
 * What a lookup costs over its steps if one of them finds a record. A miss costs nothing and continues. The steps with the
 * registrable domain only run if the others find nothing at all.
 */
export const costOf = (steps: readonly Forecast[]): CreditRange => {
  const costs = [true, false].flatMap((isGiven) => {
    const some = steps.filter(({ shown }) => (shown.registrableDomain === null) === isGiven);
    return costFrom(some.map(({ forecast }) => forecast)) ?? [];
  });
  return costs.reduce(eitherOf, costs[0] ?? nothing);
};

const eitherOf = (one: CreditRange, other: CreditRange): CreditRange => ({
  minCredits: one.minCredits < other.minCredits ? one.minCredits : other.minCredits,
  maxCredits: one.maxCredits > other.maxCredits ? one.maxCredits : other.maxCredits,
});

/** Null where no step can find a record. */
const costFrom = ([step, ...later]: readonly StepForecast[]): CreditRange | null => {
  if (step === undefined) return null;
  if (step.kind === 'FINAL') return nothing;
  const rest = costFrom(later);
  if (step.kind === 'SKIPPED') return rest;
  if (rest === null) return { minCredits: step.minCredits, maxCredits: step.maxCredits };
  const either = eitherOf(step, rest);
  return step.mayContinue ? { ...either, maxCredits: step.maxCredits + rest.maxCredits } : either;
};

/** The maximum cost of the steps that `counts` selects: what one budget, or one account, could lose. */
export const maxCounted = <Step extends Forecast>(
  steps: readonly Step[],
  counts: (step: Step) => boolean,
): bigint =>
  costOf(
    steps.map((step) =>
      step.forecast.kind === 'CALLED' && !counts(step)
        ? { ...step, forecast: { ...step.forecast, ...nothing } }
        : step,
    ),
  ).maxCredits;

export const addRanges = (ranges: readonly CreditRange[]): CreditRange => ({
  minCredits: ranges.reduce((sum, { minCredits }) => sum + minCredits, 0n),
  maxCredits: ranges.reduce((sum, { maxCredits }) => sum + maxCredits, 0n),
});
