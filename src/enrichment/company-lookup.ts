import { problem } from '../errors.js';
import type { CompanyIdentifier } from '../providers/provider.js';
import type { CompanyRecord } from '../providers/records.js';
import { chooseIdentifier } from './choose-identifier.js';
import type { EnrichmentDeps } from './deps.js';
import { identifyCompany } from './identifiers/identify-company.js';
import { copyAgeMax } from './max-snapshot-age.js';
import { companyLacks } from './missing-fields.js';
import type { AskOptions, AskRequest, CompanyKey } from './lookup-request.js';
import { companyAliases, companySubject, identifiersOfCompany } from './identifiers/record-keys.js';
import type { Wish } from './resolved-lookup.js';

/** An ask for a company, understood. Throws INVALID_IDENTIFIER. */
export const companyWish = (
  deps: EnrichmentDeps,
  request: AskRequest,
  key: CompanyKey,
  options: AskOptions,
): Wish<CompanyRecord> => {
  const asked = identifyCompany(key, Object.values(deps.providers));
  const country = options.country ?? 'AU';
  const workflow = options.workflow ?? request.workflow ?? request.caller.workflow;
  return {
    operation: 'COMPANY',
    subject: companySubject(asked),
    workflow,
    lacks: companyLacks,
    questionFor: (provider, learnt, require) => {
      const known = [asked, ...(learnt === null ? [] : identifiersOfCompany(learnt).filter(isShared))];
      const by = chooseIdentifier(provider.company, known, provider.isCompanyId);
      if (by === null) return { problem: cannotLookUp(provider.title, asked) };
      const byId = provider.company.identifiers.includes('id');
      return {
        provider,
        operation: 'COMPANY',
        workflow,
        price: provider.company.price,
        subject: companySubject(by),
        // Figures of another country are worth another copy where that costs nothing.
        variant: provider.refetchIsFree ? country : '',
        maxAgeSeconds: copyAgeMax(deps, provider, options),
        require,
        find: (call, knownId) =>
          provider.findCompany(call, {
            operation: 'COMPANY',
            by: knownId === null || !byId ? by : { kind: 'id', value: knownId },
            country,
            require,
          }),
        read: provider.readCompany,
        nameOf: (record) => companySubject({ kind: 'id', value: record.id }),
        aliasesOf: companyAliases,
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
