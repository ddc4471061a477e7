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

export const idShape = new RegExp(`^${uuidPattern}$`);
/** An instant in the `to_char` format below: with microseconds, which a JavaScript Date would truncate, skipping rows. */
export const instantShape = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
export const instantFormat = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';

/** The cursors of one list, and its pages. */
export type Cursors = ReturnType<typeof cursorsOf>;

/**
 * Defines the cursors of a list. A cursor is the name of its list and the sort values of its item, encoded. `shapes` are the
 * patterns of these values. No two lists have the same name: a list that took the cursor of another would skip items
 * silently. A list within another object has its id in the name. Filters are not in it where the order is the same for all
 * of them: behind a cursor they select from the rest of that order.
 */
export const cursorsOf = (list: string, shapes: readonly RegExp[]) => {
  /** The cursor of an item with these sort values. */
  const make = (position: readonly string[]): string =>
    Buffer.from(JSON.stringify([list, ...position])).toString('base64url');

  /** The sort values in a cursor of this list. Throws BAD_REQUEST for any other text, before it reaches the database. */
  const open = (cursor: string): string[] => {
    const [name, ...position] = valuesIn(cursor);
    if (
      name === list &&
      position.length === shapes.length &&
      shapes.every((shape, index) => shape.test(position[index] ?? '')) &&
      !position.some(isNoInstant)
    ) {
      return position;
    }
    throw new GatewayError(
      'BAD_REQUEST',
      '"after" is not a cursor of this list: leave it out to start at the beginning.',
      {
        field: ['after'],
      },
    );
  };

  return {
    make,
    open,
    /**
     * Checks a page request and opens its cursor: the sort values of the item before the page, or null at the start. Throws
     * BAD_REQUEST.
     */
    readPage: ({ first, after }: Page): { first: number; position: string[] | null } => {
      if (!Number.isInteger(first) || first < 1 || first > firstMax) {
        throw new GatewayError(
          'BAD_REQUEST',
          `"first" must be a whole number from 1 to ${firstMax}: request more in pages.`,
          {
            field: ['first'],
          },
        );
      }
      return { first, position: after === null ? null : open(after) };
    },
    /** Makes the page from up to `first + 1` rows: the extra one shows that more follow. */
    pageOf: <Row, Item, Count extends number | null = number>(
      rows: readonly Row[],
      first: number,
      each: { item: (row: Row) => Item; position: (row: Row) => readonly string[] },
      totalCount: () => Promise<Count>,
    ): Listed<Item, Count> => {
      const shown = rows.slice(0, first);
      return {
        items: shown.map(each.item),
        cursors: shown.map((row) => make(each.position(row))),
        hasNextPage: rows.length > first,
        totalCount,
      };
    },
  };
};

/** The instant of the row that a cursor of any list is behind; null for none, and for a cursor that has none. */
export const instantOfCursor = (cursor: string | null): Date | null => {
  const [, first = ''] = cursor === null ? [] : valuesIn(cursor);
  return instantShape.test(first) ? parseInstant(first) : null;
};

/** Whether a text has the shape of an instant that does not exist: PostgreSQL would fail on it. */
const isNoInstant = (text: string): boolean => instantShape.test(text) && parseInstant(text) === null;

/** The texts that a cursor of any list consists of; none for what is no cursor. */
const valuesIn = (cursor: string): string[] => {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) && values.every((value) => typeof value === 'string') ? values : [];
  } catch {
    return [];
  }
};
