import { companyLookupKey, personLookupKey } from '../enrichment/identifiers/record-keys.js';
import type { RecordPart } from '../enrichment/lookup-result.js';
import { findRecordKey } from '../usage/read-unlocked-record.js';
import type { GatewayContext } from './context.js';

/**
 * The id of a company or person in the API says which content it is, so that a client's cache holds each content once. It
 * is the provider's own id; of a record that later providers filled in, all of their ids: `fp000000067890~5f0c…`; and for
 * figures of another country than AU, that country: `f000000117274@NZ`.
 */
export type RecordId = { ids: string[]; country: string };

const usualCountry = 'AU';
// A waterfall has at most ten steps.
const pattern = /^([\w-]+(?:~[\w-]+){0,9})(?:@([A-Z]{2}))?$/;

export const writeRecordId = (parts: readonly RecordPart[]): string => {
  const country = parts.find(({ variant }) => variant !== '')?.variant ?? usualCountry;
  const ids = parts.map(({ id }) => id).join('~');
  return country === usualCountry ? ids : `${ids}@${country}`;
};

/** Null for a text that is no id of a record. */
export const readRecordId = (text: string): RecordId | null => {
  const [, ids, country = usualCountry] = pattern.exec(text) ?? [];
  return ids === undefined ? null : { ids: ids.split('~'), country };
};

/** The id of the provider that found the record first; any other text stays as it is. */
export const providerIdIn = (text: string): string => readRecordId(text)?.ids[0] ?? text;

/** The key of a lookup, with the provider's own id in place of the API's. */
export const withProviderId = <Key extends { id?: string | null | undefined }>(by: Key): Key =>
  typeof by.id === 'string' ? { ...by, id: providerIdIn(by.id.trim()) } : by;

/** The type of a bought record by its id, whose form is not that of Firmable; an empty text if there is none. */
export const typeOfRecord = async (
  { app, lookupRequest }: GatewayContext,
  id: string,
): Promise<'Company' | 'Person' | ''> => {
  const value = readRecordId(id)?.ids[0];
  if (value === undefined) return '';
  const company = companyLookupKey({ kind: 'id', value });
  const person = personLookupKey({ kind: 'id', value });
  const key = await findRecordKey(app, lookupRequest.caller, [company, person]);
  return key === null ? '' : key === company ? 'Company' : 'Person';
};
