import { problem } from '../errors.js';
import type { CompanyIdentifier } from '../providers/provider.js';
import type { CompanyRecord } from '../providers/records.js';
import { chooseIdentifier } from './choose-identifier.js';
import type { EnrichmentDeps } from './deps.js';
import { identifyCompany } from './identifiers/identify-company.js';
import { maxSnapshotAge } from './max-snapshot-age.js';
import { companyMissingFields } from './missing-fields.js';
import type { LookupOptions, LookupRequest, CompanyKey } from './lookup-request.js';
import { companyLookupKeys, companyLookupKey, identifiersOfCompany } from './identifiers/record-keys.js';
import type { ResolvedLookup } from './resolved-lookup.js';

/** An ask for a company, understood. Throws INVALID_IDENTIFIER. */
export const resolveCompanyLookup = (
  deps: EnrichmentDeps,
  request: LookupRequest,
  key: CompanyKey,
  options: LookupOptions,
): ResolvedLookup<CompanyRecord> => {
  const asked = identifyCompany(key, Object.values(deps.providers));
  const country = options.country ?? 'AU';
  const workflow = options.workflow ?? request.workflow ?? request.caller.workflow;
  return {
    operation: 'COMPANY',
    lookupKey: companyLookupKey(asked),
    workflow,
    missingFields: companyMissingFields,
    queryFor: (provider, found, require) => {
      const known = [asked, ...(found === null ? [] : identifiersOfCompany(found).filter(isShared))];
      const by = chooseIdentifier(provider.company, known, provider.isCompanyId);
      if (by === null) return { problem: cannotLookUp(provider.title, asked) };
      const byId = provider.company.identifiers.includes('id');
      return {
        provider,
        operation: 'COMPANY',
        workflow,
        price: provider.company.price,
        lookupKey: companyLookupKey(by),
        // Figures of another country are worth another copy where that costs nothing.
        variant: provider.refetchIsFree ? country : '',
        maxAgeSeconds: maxSnapshotAge(deps, provider, options),
        require,
        find: (call, knownId) =>
          provider.findCompany(call, {
            operation: 'COMPANY',
            by: knownId === null || !byId ? by : { kind: 'id', value: knownId },
            country,
            require,
          }),
        read: provider.readCompany,
        nameOf: (record) => companyLookupKey({ kind: 'id', value: record.id }),
        lookupKeysOf: companyLookupKeys,
      };
    },
  };
};

/** An id means something to its own provider only. */
const isShared = ({ kind }: CompanyIdentifier): boolean => kind !== 'id';

const spoken: Record<CompanyIdentifier['kind'], string> = {
  id: 'this id',
  domain: 'domain',
  linkedin: 'LinkedIn page',
  abn: 'ABN',
};

const cannotLookUp = (title: string, { kind }: CompanyIdentifier) =>
  problem(
    'INVALID_IDENTIFIER',
    `${title} cannot look up a company by ${spoken[kind]}: ask by another identifier, or let another provider ask.`,
  );
