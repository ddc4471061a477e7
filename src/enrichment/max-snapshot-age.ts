import type { Provider } from '../providers/catalogue.js';
import type { EnrichmentDeps } from './deps.js';
import type { LookupOptions } from './lookup-request.js';

const anyAgeSeconds = 100 * 365 * 86_400;

/** How old a kept copy may be, in seconds. Where a fresh one costs money it is bought only for those who ask for it. */
export const maxSnapshotAge = (
  deps: Pick<EnrichmentDeps, 'snapshotMaxAgeSeconds'>,
  { refetchIsFree }: Pick<Provider, 'refetchIsFree'>,
  { maxAgeSeconds }: Pick<LookupOptions, 'maxAgeSeconds'>,
): number => maxAgeSeconds ?? (refetchIsFree ? deps.snapshotMaxAgeSeconds : anyAgeSeconds);
