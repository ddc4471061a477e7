import type { KnownUnlock, Outcome } from '../ledger/types.js';
import type { ProviderQuery } from './resolve-lookup.js';

type Query = Pick<ProviderQuery<unknown>, 'provider' | 'lookupKey' | 'fetchesById'>;

/**
 * Whether a call that found nothing leaves the other way to the record. After a call by the id of the known record that is the
 * lookup's identifier: the provider has this record no more, or never had the one that an import declared. After a call by
 * the identifier it is the id of the known record, where a record that is known costs nothing.
 */
export const leavesOtherWay = (
  { provider, lookupKey, fetchesById }: Query,
  { isById, known }: { isById: boolean; known: Pick<KnownUnlock, 'recordKey'> | null },
  { outcome, problem }: { outcome: Outcome; problem: string | null },
): boolean => {
  if (outcome !== 'NOT_FOUND' || known === null) return false;
  // The provider has the record, without the required fields.
  if (isById) return lookupKey !== known.recordKey && problem !== 'FIELDS_MISSING';
  return fetchesById && provider.refetchIsFree;
};
