import type { BudgetMode, BudgetStateFragment } from '../../api/operations.js';
import { formatNumber } from '../../ui/format.js';

/** What can change of a budget. */
export type Changeable = Pick<BudgetStateFragment, 'name' | 'limit' | 'mode' | 'thresholds'>;

/** What is said at a field that two people changed. */
type Conflict = { field: string[]; message: string };

/** The largest Int of GraphQL, which is the API's largest limit. */
export const limitMax = 2 ** 31 - 1;

/**
 * Reads a limit. Returns null for text that is no whole number from 0 to `limitMax`: it must not become 0, which blocks
 * everything.
 */
export const readLimit = (text: string): number | null => {
  const digits = text.replaceAll(/[\s,_]/g, '');
  return /^\d{1,15}$/.test(digits) && Number(digits) <= limitMax ? Number(digits) : null;
};

/** Reads `80, 100 %`; an empty text is no threshold. Returns null for anything that is no whole percentage. */
export const readThresholds = (text: string): number[] | null => {
  const parts = text.split(/[\s,;%]+/).filter((part) => part !== '');
  if (parts.some((part) => !/^\d{1,6}$/.test(part))) return null;
  return [...new Set(parts.map(Number))].toSorted((a, b) => a - b);
};

export const writeThresholds = (thresholds: readonly number[]): string => thresholds.join(', ');

/**
 * Joins what one person typed with what another one saved after the form was opened. A field that the person did not
 * touch keeps the saved value. A field that both changed is a conflict, and nothing is to be sent: `seen` is what the form
 * was opened with, and the saved values that the conflicts show, to be compared with the next time.
 */
export const mergeChanges = (
  opened: Changeable,
  present: Changeable,
  typed: Changeable,
): { merged: Changeable; conflicts: Conflict[]; seen: Changeable } => {
  const isOpened = (field: keyof Changeable, values: Changeable): boolean =>
    same(values[field], opened[field]);
  const inConflict = changeableFields.filter(
    (field) => !isOpened(field, typed) && !isOpened(field, present) && !same(typed[field], present[field]),
  );
  const conflicts = inConflict.map((field) => ({
    field: [field],
    message: `Another user changed this to ${shownValue(field, present)} meanwhile. Save again to replace that.`,
  }));
  const saved = (field: keyof Changeable): boolean => isOpened(field, typed);
  return {
    merged: joined(typed, present, saved),
    conflicts,
    seen: joined(opened, present, (field) => inConflict.includes(field)),
  };
};

const changeableFields = ['name', 'limit', 'mode', 'thresholds'] as const;

const same = (one: Changeable[keyof Changeable], other: Changeable[keyof Changeable]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** `one`, with the fields of `other` that are wanted. */
const joined = (
  one: Changeable,
  other: Changeable,
  isWanted: (field: keyof Changeable) => boolean,
): Changeable => ({
  name: (isWanted('name') ? other : one).name,
  limit: (isWanted('limit') ? other : one).limit,
  mode: (isWanted('mode') ? other : one).mode,
  thresholds: (isWanted('thresholds') ? other : one).thresholds,
});

const shownValue = (field: keyof Changeable, { name, limit, mode, thresholds }: Changeable): string => {
  if (field === 'name') return `"${name}"`;
  if (field === 'limit') return formatNumber(limit);
  if (field === 'mode') return modeTitles[mode].toLowerCase();
  return thresholds.length === 0 ? 'none' : writeThresholds(thresholds);
};

export const modeTitles: Record<BudgetMode, string> = { HARD: 'Block', SOFT: 'Alert only' };
