import { fromPublicId, kindOfPublicId } from '../access/public-ids.js';
import { readCompanyIdentifier, readPersonIdentifier } from '../enrichment/identifiers/identify.js';
import { companyLookupKey, personLookupKey } from '../enrichment/identifiers/record-keys.js';
import { GatewayError } from '../errors.js';
import { prefixesOf } from './words.js';

/** What a search text can mean; a record matches if any of these leads to it. */
export type Search = {
  /** An unlock by its id; null for other text. */
  unlockId: string | null;
  /** The keys of each identifier that the text can be read as, by the rules of lookups. */
  lookupKeys: string[];
  /** The words of a name. */
  prefixes: string[];
};

const charactersMax = 1_000;

/** Reads a search text; null for none. Throws BAD_REQUEST for text of more than 1,000 characters. */
export const readSearch = (written: string | null | undefined): Search | null => {
  const text = written?.trim() ?? '';
  if (text === '') return null;
  if (text.length > charactersMax) {
    throw new GatewayError(
      'BAD_REQUEST',
      `A search takes at most ${charactersMax} characters: send a name or one identifier.`,
      { field: ['search'] },
    );
  }
  if (kindOfPublicId(text) === 'unlock') {
    return { unlockId: fromPublicId('unlock', text), lookupKeys: [], prefixes: [] };
  }
  return { unlockId: null, lookupKeys: [...keysOf(text)], prefixes: prefixesOf(text) };
};

/** An address is read as one of a company and as one of a person: the text does not say which it is. */
const keysOf = (text: string): Set<string> => {
  const companies = [
    readCompanyIdentifier('website', text),
    readCompanyIdentifier('linkedin', text),
    readCompanyIdentifier('abn', text),
  ];
  const people = [
    readPersonIdentifier('linkedin', text),
    readPersonIdentifier('workEmail', text),
    readPersonIdentifier('personalEmail', text),
  ];
  return new Set([
    ...companies.flatMap((reading) => ('value' in reading ? [companyLookupKey(reading.value)] : [])),
    ...people.flatMap((reading) => ('value' in reading ? [personLookupKey(reading.value)] : [])),
    ...idsIn(text).flatMap((value) => [
      companyLookupKey({ kind: 'id', value }),
      personLookupKey({ kind: 'id', value }),
    ]),
  ]);
};

/** The ids that the text can be, also as `Company:f…` and with the further ids and the country of the API's ids. */
const idsIn = (text: string): string[] => {
  const [, id] =
    /^(?:(?:Company|Person):)?([\w-]{1,200})(?:~[\w~-]{0,2000})?(?:@[A-Z]{2})?$/.exec(text) ?? [];
  return id === undefined ? [] : [id, id.toLowerCase()];
};
