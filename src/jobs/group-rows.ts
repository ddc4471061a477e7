import type { JobMapping } from '../../schema/tables/jobs.js';
import { identifyCompany, identifyPerson } from '../enrichment/identifiers/identify.js';
import { companyLookupKey, personLookupKey } from '../enrichment/identifiers/record-keys.js';
import type { CompanyKey, PersonKey } from '../enrichment/lookup-request.js';
import { GatewayError } from '../errors.js';
import type { Providers } from '../providers/catalogue.js';
import type { ColumnIdentifier, UploadRow } from '../uploads/upload.js';
import type { RecordKind } from '../providers/provider.js';

/** Rows that are one lookup: those of a chunk that have the same identifier, the first of them first. */
export type RowGroup = { by: CompanyKey | PersonKey; numbers: [number, ...number[]] };

/** The fields of CompanyKey and PersonKey, by the identifiers of a mapping. */
export const fieldOf = {
  ID: 'id',
  DOMAIN: 'domain',
  WEBSITE: 'website',
  LINKEDIN: 'linkedin',
  ABN: 'abn',
  WORK_EMAIL: 'workEmail',
  PERSONAL_EMAIL: 'personalEmail',
} as const satisfies Record<ColumnIdentifier, keyof CompanyKey | keyof PersonKey>;
const fields = new Map<string, keyof CompanyKey | keyof PersonKey>(Object.entries(fieldOf));

/**
 * Groups rows by their identifier: that of the first column of the mapping whose cell has a valid one. A row without any is a
 * group of its own, whose key is refused as invalid when it is looked up.
 */
export const groupRows = (
  rows: readonly UploadRow[],
  { operation, mapping }: { operation: RecordKind; mapping: JobMapping },
  providers: Providers,
): RowGroup[] => {
  const chooseKey = keyChooser({ operation, mapping }, providers);
  const groups: RowGroup[] = [];
  const byLookupKey = new Map<string, RowGroup>();
  for (const { number, cells } of rows) {
    const { by, lookupKey } = chooseKey(cells);
    const same = lookupKey === null ? undefined : byLookupKey.get(lookupKey);
    if (same !== undefined) {
      same.numbers.push(number);
      continue;
    }
    const group: RowGroup = { by, numbers: [number] };
    groups.push(group);
    if (lookupKey !== null) byLookupKey.set(lookupKey, group);
  }
  return groups;
};

/**
 * How rows of a list are read: by the first column of the mapping whose cell has a valid identifier. A row without any has
 * the first invalid one, and no lookup key.
 */
export const keyChooser = (
  { operation, mapping }: { operation: RecordKind; mapping: JobMapping },
  providers: Providers,
): ((cells: readonly string[]) => { by: CompanyKey & PersonKey; lookupKey: string | null }) => {
  const all = Object.values(providers);
  const lookupKeyOf = (by: CompanyKey & PersonKey): string =>
    operation === 'COMPANY'
      ? companyLookupKey(identifyCompany(by, all))
      : personLookupKey(identifyPerson(by, all));
  return (cells) => {
    let invalid: CompanyKey & PersonKey = {};
    for (const { column, identifier } of mapping) {
      const field = fields.get(identifier);
      const cell = cells[column]?.trim() ?? '';
      if (field === undefined || cell === '') continue;
      const by = { [field]: cell };
      try {
        return { by, lookupKey: lookupKeyOf(by) };
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        if (Object.keys(invalid).length === 0) invalid = by;
      }
    }
    return { by: invalid, lookupKey: null };
  };
};
