import { GatewayError } from '../errors.js';
import { isId } from '../platform/ids.js';

const prefixes = {
  connection: 'con_',
  token: 'tok_',
  entry: 'ent_',
  unlock: 'unl_',
  budget: 'bud_',
  waterfall: 'wfl_',
  pool: 'pool_',
  reading: 'brd_',
  alert: 'alr_',
  audit: 'aud_',
  destination: 'ald_',
  view: 'view_',
  upload: 'upl_',
  job: 'job_',
} as const;
export type IdKind = keyof typeof prefixes;

const kinds: readonly IdKind[] = [
  'connection',
  'token',
  'entry',
  'unlock',
  'budget',
  'waterfall',
  'pool',
  'reading',
  'audit',
  'alert',
  'destination',
  'view',
  'upload',
  'job',
];

/** The UUID that identifies nothing, in place of a malformed id: it is "not found" like any unknown id. */
const nothing = '00000000-0000-0000-0000-000000000000';

/** An id as the API shows it: with `con_` or another prefix. */
export const toPublicId = (kind: IdKind, id: string): string => `${prefixes[kind]}${id}`;

/** The id in a public id; a malformed one becomes an id that identifies nothing. */
export const fromPublicId = (kind: IdKind, publicId: string): string => {
  const rest = publicId.startsWith(prefixes[kind]) ? publicId.slice(prefixes[kind].length) : '';
  return isId(rest) ? rest.toLowerCase() : nothing;
};

/** The kind of a public id by its prefix; null for any other text. */
export const kindOfPublicId = (publicId: string): IdKind | null =>
  kinds.find((kind) => publicId.startsWith(prefixes[kind])) ?? null;

/** As fromPublicId, for filters: throws BAD_REQUEST for a malformed id, because an empty list would mislead. */
export const idOfFilter = (kind: IdKind, publicId: string | null | undefined): string | null => {
  if (publicId === null || publicId === undefined) return null;
  const id = fromPublicId(kind, publicId);
  if (id !== nothing) return id;
  throw new GatewayError(
    'BAD_REQUEST',
    `This is not ${/^[aeu]/.test(kind) ? 'an' : 'a'} ${kind} id: write ${prefixes[kind]} followed by a UUID.`,
  );
};
