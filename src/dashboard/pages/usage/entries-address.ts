import { type Filters, filterParameters, type Parameters } from './usage-address.js';

/** The time of one bar, within the period. */
export type Slot = { start: string; end: string };

/** The parameters of the page of entries. */
export const entriesParameters = ({ filters, at }: { filters: Filters; at?: Slot | null }): Parameters => ({
  ...filterParameters(filters),
  start: at?.start ?? null,
  end: at?.end ?? null,
});

/** Reads the slot of an address. An invalid one is reported, and null. */
export const readSlot = (
  start: string | null,
  end: string | null,
): { slot: Slot | null; problem: string | null } => {
  if (start === null && end === null) return { slot: null, problem: null };
  const [from, to] = [Date.parse(start ?? ''), Date.parse(end ?? '')];
  if (Number.isNaN(from) || Number.isNaN(to) || from >= to) {
    return {
      slot: null,
      problem: `"${start ?? ''}" to "${end ?? ''}" is not a time from one instant to a later one. The whole period is shown.`,
    };
  }
  return {
    slot: { start: new Date(from).toISOString(), end: new Date(to).toISOString() },
    problem: null,
  };
};
