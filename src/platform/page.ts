import { GatewayError } from '../errors.js';
import { uuidPattern } from './ids.js';
import { parseInstant } from './time.js';

/** A request for up to `first` items of a list, after the one whose cursor is `after`. */
export type Page = { first: number; after: string | null };

/**
 * A page of a list. `cursors` has one cursor for each item; the count is made only when it is called. A `Count` of null says
 * that counting would take too long.
 */
export type Listed<Item, Count extends number | null = number> = {
  items: Item[];
  cursors: string[];
  hasNextPage: boolean;
  totalCount: () => Promise<Count>;
};

export const firstMax = 100;

/**
 * Checks a page request and decodes its cursor: the sort values of the item before the page, or null at the start.
 * `shapes` are the patterns of these values, so that another list's cursor is refused before it reaches the database.
 * Throws BAD_REQUEST.
 */
export const readPage = (
  page: Page,
  shapes: readonly RegExp[],
): { first: number; position: string[] | null } => {
  if (!Number.isInteger(page.first) || page.first < 1 || page.first > firstMax) {
    throw new GatewayError(
      'BAD_REQUEST',
      `"first" must be a whole number from 1 to ${firstMax}: request more in pages.`,
      {
        field: ['first'],
      },
    );
  }
  return { first: page.first, position: page.after === null ? null : openCursor(page.after, shapes) };
};

/** Makes the page from up to `first + 1` rows: the extra one shows that more follow. */
export const pageOf = <Row, Item, Count extends number | null = number>(
  rows: readonly Row[],
  first: number,
  each: { item: (row: Row) => Item; position: (row: Row) => readonly string[] },
  totalCount: () => Promise<Count>,
): Listed<Item, Count> => {
  const shown = rows.slice(0, first);
  return {
    items: shown.map(each.item),
    cursors: shown.map((row) => toCursor(each.position(row))),
    hasNextPage: rows.length > first,
    totalCount,
  };
};

export const idShape = new RegExp(`^${uuidPattern}$`);
/** An instant in the `to_char` format below: with microseconds, which a JavaScript Date would truncate, skipping rows. */
export const instantShape = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
export const instantFormat = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';

/** The cursor of an item: its sort values, encoded. */
export const toCursor = (position: readonly string[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** The sort values in a cursor; throws BAD_REQUEST when they do not match `shapes`. */
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

/** The instant of the row that a cursor is behind; null for none, and for a cursor that has none. */
export const instantOfCursor = (cursor: string | null): Date | null => {
  const values = cursor === null ? null : parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  const first: unknown = Array.isArray(values) ? values[0] : null;
  return typeof first === 'string' && instantShape.test(first) ? parseInstant(first) : null;
};

/** Whether a text has the shape of an instant that does not exist: PostgreSQL would fail on it. */
const isNoInstant = (text: string): boolean => instantShape.test(text) && parseInstant(text) === null;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
