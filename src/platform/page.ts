import { GatewayError } from '../errors.js';
import { uuidPattern } from './ids.js';
import { parseInstant } from './time.js';

/** What a caller wants of a list: up to `first` items after the one whose cursor is `after`. */
export type Page = { first: number; after: string | null };

/** A page of a list. `cursors` runs in step with `items`; the count is only made when somebody wants it. */
export type Listed<Item> = {
  items: Item[];
  cursors: string[];
  hasNextPage: boolean;
  totalCount: () => Promise<number>;
};

export const firstMax = 100;

/**
 * Checks a page and opens its cursor: the sort values of the item it stands after, or null at the start.
 * `shapes` says how each value must look, so that a foreign cursor is refused before it meets the database.
 * Throws BAD_REQUEST.
 */
export const readPage = (
  page: Page,
  shapes: readonly RegExp[],
): { first: number; position: string[] | null } => {
  if (!Number.isInteger(page.first) || page.first < 1 || page.first > firstMax) {
    throw new GatewayError(
      'BAD_REQUEST',
      `"first" must be a whole number from 1 to ${firstMax}: ask for more in pages.`,
      {
        field: ['first'],
      },
    );
  }
  return { first: page.first, position: page.after === null ? null : openCursor(page.after, shapes) };
};

/** Makes the page out of up to `first + 1` rows: the one too many only tells that more follow. */
export const pageOf = <Row, Item>(
  rows: readonly Row[],
  first: number,
  each: { item: (row: Row) => Item; position: (row: Row) => readonly string[] },
  totalCount: () => Promise<number>,
): Listed<Item> => {
  const shown = rows.slice(0, first);
  return {
    items: shown.map(each.item),
    cursors: shown.map((row) => toCursor(each.position(row))),
    hasNextPage: rows.length > first,
    totalCount,
  };
};

export const idShape = new RegExp(`^${uuidPattern}$`);
/** An instant as `to_char` writes it below: microseconds, which a JavaScript Date would cut off and so skip rows. */
export const instantShape = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
export const instantFormat = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';

/** The sort values of an item as callers hold them. */
export const toCursor = (position: readonly string[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** The sort values in a cursor; throws BAD_REQUEST for one that is not of the `shapes`. */
export const openCursor = (cursor: string, shapes: readonly RegExp[]): string[] => {
  const values = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  const fits = Array.isArray(values) && values.length === shapes.length;
  const position = fits ? values.filter((value): value is string => typeof value === 'string') : [];
  if (
    !fits ||
    !shapes.every((shape, index) => shape.test(position[index] ?? '')) ||
    position.some(isNoInstant)
  ) {
    throw new GatewayError(
      'BAD_REQUEST',
      '"after" is not a cursor of this list: leave it out to start at the beginning.',
      {
        field: ['after'],
      },
    );
  }
  return position;
};

/** Whether a text looks like an instant and is none: PostgreSQL would fail over it. */
const isNoInstant = (text: string): boolean => instantShape.test(text) && parseInstant(text) === null;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
