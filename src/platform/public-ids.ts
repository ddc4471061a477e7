import { GatewayError } from '../errors.js';
import { isId } from './ids.js';

const prefixes = {
  connection: 'con_',
  token: 'tok_',
  entry: 'ent_',
  unlock: 'unl_',
  budget: 'bud_',
  waterfall: 'wfl_',
  pool: 'pool_',
  reading: 'brd_',
} as const;
export type IdKind = keyof typeof prefixes;

/** The UUID that names nothing: what a malformed id stands for, so that it is "not found" like any other. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** A room's id as the API shows it: `con_` and its like in front. */
export const toPublicId = (kind: IdKind, id: string): string => `${prefixes[kind]}${id}`;

/** The room's id behind a public one; an id of another form becomes one that names nothing. */
export const fromPublicId = (kind: IdKind, publicId: string): string => {
  const rest = publicId.startsWith(prefixes[kind]) ? publicId.slice(prefixes[kind].length) : '';
  return isId(rest) ? rest.toLowerCase() : nobody;
};

/** As fromPublicId, for filters: throws BAD_REQUEST for another form, since an empty list would mislead. */
export const idOfFilter = (kind: IdKind, publicId: string | null | undefined): string | null => {
  if (publicId === null || publicId === undefined) return null;
  const id = fromPublicId(kind, publicId);
  if (id !== nobody) return id;
  throw new GatewayError(
    'BAD_REQUEST',
    `This is no ${kind} id: it begins with ${prefixes[kind]} and a UUID follows.`,
  );
};
