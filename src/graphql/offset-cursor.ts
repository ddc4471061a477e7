import { GatewayError } from '../errors.js';

/** The cursor of the item at a zero-based place in a list that its provider pages by number. */
export const closeOffset = (offset: number): string => Buffer.from(`offset:${offset}`).toString('base64url');

/** The place behind such a cursor. Throws BAD_REQUEST for anything else. */
export const openOffset = (cursor: string): number => {
  const [, digits] = /^offset:(\d{1,8})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (digits !== undefined) return Number(digits);
  throw new GatewayError(
    'BAD_REQUEST',
    '"after" is not a cursor of this list: leave it out to start at the beginning.',
    { field: ['after'] },
  );
};
