import { GatewayError } from '../../errors.js';
import type { CompanyIdentifier, PersonIdentifier } from '../../providers/provider.js';
import type { Provider } from '../../providers/catalogue.js';
import type { CompanyKey, PersonKey } from '../lookup-request.js';
import { normalizeAbn } from './normalize-abn.js';
import { normalizeDomain } from './normalize-domain.js';
import { normalizeEmail } from './normalize-email.js';
import { normalizeLinkedin } from './normalize-linkedin.js';

type IsId = (id: string) => boolean;

const companyFields = ['id', 'domain', 'website', 'linkedin', 'abn'] as const;

/**
 * The one identifier behind all its spellings. A website counts as its domain; an id must be possible at one of the
 * providers. Throws INVALID_IDENTIFIER for anything malformed, before any credits are reserved.
 */
export const identifyCompany = (
  key: CompanyKey,
  providers: readonly Pick<Provider, 'isCompanyId'>[],
): CompanyIdentifier => {
  const given = companyFields.flatMap((field) => (key[field] == null ? [] : [{ field, text: key[field] }]));
  const [{ field, text } = { field: null, text: '' }] = given;
  if (field === null || given.length > 1) {
    throw invalid('by', 'Identify the company by exactly one of id, domain, website, linkedin, abn.');
  }
  switch (field) {
    case 'id': {
      const areIds = providers.map(({ isCompanyId }) => isCompanyId);
      return { kind: 'id', value: readId(text, areIds, 'company', 'f000000117274') };
    }
    case 'domain':
    case 'website': {
      const domain = normalizeDomain(text);
      if (domain !== null) return { kind: 'domain', value: domain };
      throw invalid(field, 'This is not a domain: write it like smec.com, or as a URL of the site.');
    }
    case 'linkedin': {
      const slug = normalizeLinkedin('company', text);
      if (slug !== null) return { kind: 'linkedin', value: slug };
      throw invalid(
        field,
        'This is not a LinkedIn company page: write https://www.linkedin.com/company/smec or just smec. For a person (linkedin.com/in/…) query the field person.',
      );
    }
    case 'abn': {
      const abn = normalizeAbn(text);
      if (abn !== null) return { kind: 'abn', value: abn };
      throw invalid(
        field,
        'This is not an ABN: an ABN has eleven digits, two of which are check digits. Compare it with the source.',
      );
    }
  }
};

const personFields = ['id', 'linkedin', 'workEmail', 'personalEmail'] as const;

/** Like identifyCompany, for people. Throws INVALID_IDENTIFIER. */
export const identifyPerson = (
  key: PersonKey,
  providers: readonly Pick<Provider, 'isPersonId'>[],
): PersonIdentifier => {
  const given = personFields.flatMap((field) => (key[field] == null ? [] : [{ field, text: key[field] }]));
  const [{ field, text } = { field: null, text: '' }] = given;
  if (field === null || given.length > 1) {
    throw invalid('by', 'Identify the person by exactly one of id, linkedin, workEmail, personalEmail.');
  }
  switch (field) {
    case 'id': {
      const areIds = providers.map(({ isPersonId }) => isPersonId);
      return { kind: 'id', value: readId(text, areIds, 'person', 'fp000000067890') };
    }
    case 'linkedin': {
      const slug = normalizeLinkedin('person', text);
      if (slug !== null) return { kind: 'linkedin', value: slug };
      throw invalid(
        field,
        'This is not a LinkedIn profile: write https://www.linkedin.com/in/name or just name. For a company page query the field company.',
      );
    }
    case 'workEmail':
    case 'personalEmail': {
      const email = normalizeEmail(text);
      if (email !== null) return { kind: field, value: email };
      throw invalid(field, 'This is not an e-mail address: write it like name@example.com.');
    }
  }
};

const readId = (
  text: string,
  areIds: readonly IsId[],
  record: 'company' | 'person',
  example: string,
): string => {
  for (const isId of areIds) {
    const id = ownSpelling(text.trim(), isId);
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
