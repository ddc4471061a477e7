import { GatewayError } from '../../errors.js';
import type { CompanyIdentifier } from '../../providers/provider.js';
import type { Provider } from '../../providers/catalogue.js';
import { spellingOfAny } from '../choose-identifier.js';
import { normalizeAbn } from './normalize-abn.js';
import { normalizeDomain } from './normalize-domain.js';
import { normalizeLinkedin } from './normalize-linkedin.js';
import type { CompanyKey } from '../lookup-request.js';

const fields = ['id', 'domain', 'website', 'linkedin', 'abn'] as const;

/**
 * Makes one key of all spellings of one identifier; a website counts as its domain, an id must be one of some
 * provider's. Throws INVALID_IDENTIFIER for nonsense, before any money moves.
 */
export const identifyCompany = (
  key: CompanyKey,
  providers: readonly Pick<Provider, 'isCompanyId'>[],
): CompanyIdentifier => {
  const [field, ...others] = fields.filter((name) => key[name] != null);
  const text = field === undefined ? null : key[field];
  if (field === undefined || text == null || others.length > 0) {
    throw invalid('by', 'Name the company by exactly one of id, domain, website, linkedin, abn.');
  }
  switch (field) {
    case 'id': {
      const id = spellingOfAny(
        text.trim(),
        providers.map(({ isCompanyId }) => isCompanyId),
      );
      if (id !== null) return { kind: 'id', value: id };
      throw invalid(
        field,
        "This is no provider's company id: Firmable's look like f000000117274; take others from an answer as they stand.",
      );
    }
    case 'domain':
    case 'website': {
      const domain = normalizeDomain(text);
      if (domain !== null) return { kind: 'domain', value: domain };
      throw invalid(field, 'This is no domain: write it like smec.com, or as a URL of the site.');
    }
    case 'linkedin': {
      const slug = normalizeLinkedin('company', text);
      if (slug !== null) return { kind: 'linkedin', value: slug };
      throw invalid(
        field,
        'This is no LinkedIn company page: write https://www.linkedin.com/company/smec or just smec; a person (linkedin.com/in/…) is asked for with the field person.',
      );
    }
    case 'abn': {
      const abn = normalizeAbn(text);
      if (abn !== null) return { kind: 'abn', value: abn };
      throw invalid(
        field,
        'This is no ABN: it has eleven digits of which two are a check; compare it with the source.',
      );
    }
  }
};

const invalid = (field: string, message: string): GatewayError =>
  new GatewayError('INVALID_IDENTIFIER', message, { field: field === 'by' ? ['by'] : ['by', field] });
