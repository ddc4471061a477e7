import { firstIdAt } from '../platform/ids.js';

/**
 * A bound below the ids of all entries that occurred since an instant. The id of an entry is made shortly before it occurs or
 * later, by the clock of an instance; the bound leaves a day for clocks that differ. As a constant of a statement it lets the
 * planner leave out the partitions before it, which otherwise take milliseconds to plan.
 */
export const firstEntryIdSince = (from: Date): string => firstIdAt(new Date(from.getTime() - 86_400_000));
