import type { CompanyRecord } from '../providers/records.js';
import type { EnrichmentDeps } from './deps.js';
import { identifyCompany } from './identify-company.js';
import type { AskOptions, AskRequest, CompanyKey } from './request.js';
import { companyAliases, companySubject } from './subjects.js';
import type { Wish } from './wish.js';

/** An ask for a company, understood. Throws INVALID_IDENTIFIER. */
export const companyWish = (
  deps: EnrichmentDeps,
  request: AskRequest,
  key: CompanyKey,
  options: AskOptions,
): Wish<CompanyRecord> => {
  const by = identifyCompany(key);
  const provider = deps.providers.FIRMABLE;
  const country = options.country ?? 'AU';
  return {
    operation: 'COMPANY',
    provider: provider.name,
    connectionId: options.connectionId ?? null,
    subject: companySubject(by),
    variant: country,
    maxAgeSeconds: options.maxAgeSeconds ?? deps.snapshotMaxAgeSeconds,
    workflow: options.workflow ?? request.workflow ?? request.caller.workflow,
    find: (call, knownId) =>
      provider.findCompany(call, {
        operation: 'COMPANY',
        by: knownId === null ? by : { kind: 'id', value: knownId },
        country,
      }),
    read: provider.readCompany,
    nameOf: (record) => companySubject({ kind: 'id', value: record.id }),
    aliasesOf: companyAliases,
  };
};
