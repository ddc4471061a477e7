import type { Enrichment } from '../enrichment/lookup.js';
import type { CompanyKey, LookupOptions, LookupRequest } from '../enrichment/lookup-request.js';
import type { LookupResult } from '../enrichment/lookup-result.js';
import type { FoundPerson } from '../providers/records.js';
import type { RunningJob } from './chunks.js';

type OfRow = 'outcome' | 'problem' | 'receipt' | 'calls' | 'snapshots';

/** The result of the lookup of a row, as every operation has it. */
export type RowLookup = Pick<LookupResult<unknown>, OfRow>;

/** What a people search found at the company of a row. */
export type RowSearch = RowLookup & { people: readonly FoundPerson[] | null };

/**
 * Searches the people of the company of one row, at Firmable. A search needs Firmable's id of the company: where the row has
 * another identifier, the company is looked up first, as its token would, which costs a credit unless it is unlocked. The
 * search itself is free.
 */
export const searchRow = async (
  enrichment: Enrichment,
  { search, options: { country, connectionId } }: RunningJob,
  request: LookupRequest,
  { by, options }: { by: CompanyKey; options: LookupOptions },
): Promise<RowSearch> => {
  const company =
    by.id == null
      ? await enrichment.lookUpCompany(request, by, { ...options, ...atFirmable(options) })
      : null;
  if (company !== null && company.record === null) return { ...company, people: null };
  const found = await enrichment.searchPeople(request, {
    companyId: company?.record?.id ?? by.id ?? '',
    filter: {
      country: country ?? null,
      position: search?.position ?? null,
      seniority: search?.seniority ?? null,
      department: search?.department ?? null,
    },
    connectionId: connectionId ?? null,
    first: search?.size ?? sizeDefault,
    offset: 0,
  });
  const { outcome, problem, receipt, calls, people } = found;
  const isFound = outcome === 'FOUND';
  // A company of whom nobody is found has no record to show either.
  return {
    outcome: isFound && people.length === 0 ? 'NOT_FOUND' : outcome,
    problem,
    receipt,
    calls: [...(company?.calls ?? []), ...calls],
    snapshots: company?.snapshots ?? [],
    people: isFound ? people : null,
  };
};

const sizeDefault = 10;

/** How the company of a search is looked up: other providers do not know the ids that people are searched by. */
export const atFirmable = ({ connectionId }: LookupOptions): Partial<LookupOptions> => ({
  waterfall: connectionId == null ? [{ provider: 'FIRMABLE', connectionId: null, require: [] }] : null,
  waterfallName: null,
});
