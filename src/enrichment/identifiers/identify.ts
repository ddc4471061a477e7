import { GatewayError } from '../../errors.js';
import type { CompanyIdentifier, PersonIdentifier } from '../../providers/provider.js';
import type { Provider } from '../../providers/catalogue.js';
import type { CompanyKey, PersonKey } from '../lookup-request.js';
import { cleanText, type Reading } from './clean-text.js';
import { readAbn } from './read-abn.js';
import { readDomain } from './read-domain.js';
import { readEmail } from './read-email.js';
import { isAtLinkedin, readLinkedin } from './read-linkedin.js';

type IsId = (id: string) => boolean;

export type CompanyField = 'domain' | 'website' | 'linkedin' | 'abn';
export type PersonField = 'linkedin' | 'workEmail' | 'personalEmail';

/**
 * Reads any text that a caller or a file gives as an identifier of a company: the identifier, the same for every spelling
 * of it, or why there is none. A website counts as its domain. A LinkedIn company page in the place of a website is the
 * identifier `linkedin`.
 */
export const readCompanyIdentifier = (field: CompanyField, text: string): Reading<CompanyIdentifier> => {
  switch (field) {
    case 'domain':
    case 'website':
      if (isAtLinkedin(text)) return ofKind('linkedin', readLinkedin('company', text));
      return ofKind('domain', readDomain(text));
    case 'linkedin':
      return ofKind(field, readLinkedin('company', text));
    case 'abn':
      return ofKind(field, readAbn(text));
  }
};

/** Likewise of a person. */
export const readPersonIdentifier = (field: PersonField, text: string): Reading<PersonIdentifier> =>
  ofKind(field, field === 'linkedin' ? readLinkedin('person', text) : readEmail(text));

const ofKind = <Kind extends string>(
  kind: Kind,
  reading: Reading<string>,
): Reading<{ kind: Kind; value: string }> =>
  'value' in reading ? { value: { kind, value: reading.value } } : reading;

const companyFields = ['id', 'domain', 'website', 'linkedin', 'abn'] as const;

/**
 * The one identifier behind all its spellings; an id must be possible at one of the providers. Throws INVALID_IDENTIFIER
 * for anything that cannot be read, before any credits are reserved.
 */
export const identifyCompany = (
  key: CompanyKey,
  providers: readonly Pick<Provider, 'isCompanyId'>[],
): CompanyIdentifier => {
  const [field, text] = onlyOne(key, companyFields, 'company');
  if (field !== 'id') return valueOf(field, readCompanyIdentifier(field, text));
  const areIds = providers.map(({ isCompanyId }) => isCompanyId);
  return { kind: 'id', value: readId(text, areIds, 'company', 'f000000117274') };
};

const personFields = ['id', 'linkedin', 'workEmail', 'personalEmail'] as const;

/** Like identifyCompany, for people. Throws INVALID_IDENTIFIER. */
export const identifyPerson = (
  key: PersonKey,
  providers: readonly Pick<Provider, 'isPersonId'>[],
): PersonIdentifier => {
  const [field, text] = onlyOne(key, personFields, 'person');
  if (field !== 'id') return valueOf(field, readPersonIdentifier(field, text));
  const areIds = providers.map(({ isPersonId }) => isPersonId);
  return { kind: 'id', value: readId(text, areIds, 'person', 'fp000000067890') };
};

const onlyOne = <Field extends string>(
  key: Partial<Record<Field, string | null | undefined>>,
  fields: readonly Field[],
  record: 'company' | 'person',
): [Field, string] => {
  const given = fields.flatMap((field): [Field, string][] => {
    const text = key[field];
    return text === null || text === undefined ? [] : [[field, text]];
  });
  const [only] = given;
  if (only !== undefined && given.length === 1) return only;
  throw invalid('by', `Identify the ${record} by exactly one of ${fields.join(', ')}.`);
};

const valueOf = <Value>(field: string, reading: Reading<Value>): Value => {
  if ('value' in reading) return reading.value;
  throw invalid(field, reading.refusal);
};

const idCharactersMax = 200;

const readId = (
  text: string,
  areIds: readonly IsId[],
  record: 'company' | 'person',
  example: string,
): string => {
  const written = text.length > idCharactersMax ? '' : (cleanText(text)?.text ?? '');
  for (const isId of areIds) {
    const id = ownSpelling(written, isId);
    if (id !== null) return id;
  }
  throw invalid(
    'id',
    `This is not a ${record} id of any provider: Firmable's look like ${example}. Take ids from a result, unchanged.`,
  );
};

/** An id as its provider writes it: as given, or in lower case; null where that provider has no such ids. */
export const ownSpelling = (id: string, isId: IsId): string | null => {
  if (isId(id)) return id;
  const lower = id.toLowerCase();
  return isId(lower) ? lower : null;
};

const invalid = (field: string, message: string): GatewayError =>
  new GatewayError('INVALID_IDENTIFIER', message, { field: field === 'by' ? ['by'] : ['by', field] });
