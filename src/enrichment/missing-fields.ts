import type { foreignTo } from '../providers/foreign-fields.js';
import type { RecordField } from '../providers/provider.js';
import type { CompanyRecord, PersonRecord } from '../providers/records.js';

type Values<Record, Foreign extends RecordField = never> = {
  [field in Exclude<RecordField, Foreign>]: (record: Record) => unknown;
};

const companyValues: Values<CompanyRecord, (typeof foreignTo)['COMPANY'][number]> = {
  NAME: (record) => record.name,
  WEBSITE: (record) => record.website ?? record.domain,
  LINKEDIN: (record) => record.linkedin,
  EMPLOYEE_COUNT: (record) => record.employeeCount,
  INDUSTRY: (record) => first(record.industries),
  LOCATION: (record) => first(record.locations) ?? record.hqLocation ?? record.hqCountry,
  EMAIL: (record) => first(record.emails),
  WORK_EMAIL: (record) => first(record.emails),
  PHONE: (record) => first(record.phones),
};

const personValues: Values<PersonRecord, (typeof foreignTo)['PERSON'][number]> = {
  NAME: (record) => record.name ?? record.lastName,
  WEBSITE: (record) => record.company?.website,
  LINKEDIN: (record) => record.linkedin,
  INDUSTRY: (record) => first(record.company?.industries ?? null),
  LOCATION: (record) => first(record.locations),
  POSITION: (record) => record.position,
  EMAIL: (record) => first(record.emails?.work ?? null) ?? first(record.emails?.personal ?? null),
  WORK_EMAIL: (record) => first(record.emails?.work ?? null),
  PERSONAL_EMAIL: (record) => first(record.emails?.personal ?? null),
  PHONE: (record) => first(record.phones),
};

const first = (list: readonly unknown[] | null): unknown => list?.[0];

const missingFields = <Record>(
  values: Partial<Values<Record>>,
  record: Record,
  fields: readonly RecordField[],
): RecordField[] =>
  fields.filter((field) => {
    const value = values[field]?.(record);
    return value === null || value === undefined || value === '';
  });

export const companyMissingFields = (record: CompanyRecord, fields: readonly RecordField[]): RecordField[] =>
  missingFields(companyValues, record, fields);

export const personMissingFields = (record: PersonRecord, fields: readonly RecordField[]): RecordField[] =>
  missingFields(personValues, record, fields);
