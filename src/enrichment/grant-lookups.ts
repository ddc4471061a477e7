import type { Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { EnrichmentDeps } from './deps.js';
import { lookupError } from './refuse.js';

/** The first `lookups` of a list may start. The others are refused with `refusal`, which is null if all may. */
type Granted = { lookups: number; refusal: GatewayError | null };

/**
 * Counts lookups against the limit of the caller's token, before they start. Without a limit nothing is counted, and
 * nothing is waited for longer than a turn of the event loop.
 */
export const grantLookups = async (
  { countLookups }: Pick<EnrichmentDeps, 'countLookups'>,
  { limits, workspaceId, tokenId }: Caller,
  lookups: number,
): Promise<Granted> => {
  if (limits.lookupsPerDay === null || lookups === 0) return { lookups, refusal: null };
  const counted = await countLookups({ workspaceId, tokenId }, lookups).catch(lookupError);
  if (counted instanceof GatewayError) return { lookups: 0, refusal: counted };
  const { granted, lookupsPerDay, retryAfterSeconds } = counted;
  if (granted === lookups) return { lookups, refusal: null };
  return { lookups: granted, refusal: limitReached(lookupsPerDay, retryAfterSeconds) };
};

const limitReached = (lookupsPerDay: bigint, retryAfterSeconds: number): GatewayError =>
  new GatewayError(
    'LOOKUP_LIMIT_REACHED',
    `This token may make ${lookupsPerDay} lookups a day (UTC), and they are used: try again after 00:00 UTC, or have an ADMIN raise the limit.`,
    { retryAfterSeconds },
  );
