import { InvalidArgumentError } from 'commander';
import { isMonth } from '../ledger/archive/month.js';
import { label } from '../platform/parse-input.js';
import { parseInstant } from '../platform/time.js';

/** Readers of the values that several commands take. Commander prints what they throw, and exits with 2. */
export const readInstant = (text: string): Date => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  throw new InvalidArgumentError('This is not an instant: write it as 2026-11-01T09:00:00Z.');
};

export const readMonth = (text: string): string => {
  if (isMonth(text)) return text;
  throw new InvalidArgumentError('This is not a month: write it as 2025-01.');
};

/** A reader of a name or another line of text. */
export const readLabel =
  (what: string) =>
  (text: string): string => {
    const { data, error } = label(what).safeParse(text);
    if (error === undefined) return data;
    throw new InvalidArgumentError(error.issues[0]?.message ?? `The ${what} must be a line of text.`);
  };

/** The path of a file or a folder. An empty one would be the present folder: mostly a variable that is not set. */
export const readPath = (text: string): string => {
  if (text !== '') return text;
  throw new InvalidArgumentError('This is empty: name a file or a folder, and . for the present folder.');
};
