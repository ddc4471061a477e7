import type { Provider } from '../../providers/catalogue.js';
import type { Operation } from './choose-columns.js';

/** As much of a provider as it takes to read its ids. */
export type IdReader = Pick<Provider, 'title' | 'isCompanyId' | 'isPersonId' | 'isWholeId'>;

/**
 * An id as the provider writes it, be it whole or cut off; spreadsheets may have put an apostrophe in front, people
 * capitals in it. Null for what is no id of this kind of record.
 */
export const readId = (provider: IdReader, operation: Operation, text: string): string | null => {
  const bare = text.trim().replace(/^'/, '');
  const fits = operation === 'COMPANY' ? provider.isCompanyId : provider.isPersonId;
  return [bare, bare.toLowerCase()].find(fits) ?? null;
};
