import type { RecordField, RecordKind } from '../provider.js';

type Expressions = Readonly<Partial<Record<RecordField, string>>>;

/**
 * The provider's fields behind each of ours. A field that is not listed is not required of the provider, because ours may
 * still be filled from others.
 */
const companyFields: Expressions = {
  NAME: 'name',
  WEBSITE: 'website',
  LINKEDIN: 'linkedin_url',
  EMPLOYEE_COUNT: 'employee_count',
  INDUSTRY: 'industry',
  LOCATION: 'location',
};

const personFields: Expressions = {
  NAME: 'full_name',
  LINKEDIN: '(linkedin_url OR linkedin_username)',
  LOCATION: 'location_name',
  POSITION: 'job_title',
  EMAIL: '(work_email OR personal_emails)',
  WORK_EMAIL: 'work_email',
  PERSONAL_EMAIL: 'personal_emails',
  PHONE: '(mobile_phone OR phone_numbers)',
};

/** A company of People Data Labs never has these: a query for them would be charged for nothing. */
const neverOfCompanies: ReadonlySet<RecordField> = new Set(['PHONE', 'EMAIL', 'WORK_EMAIL']);

/**
 * The parameter `required`, which makes a match without these fields a free miss; null where nothing is required.
 * Source: the parameter `required` of People Data Labs' document, an expression over its fields.
 */
export const requiredOf = (operation: RecordKind, require: readonly RecordField[]): string | null => {
  const fields = operation === 'COMPANY' ? companyFields : personFields;
  const parts = new Set(require.flatMap((field) => fields[field] ?? []));
  return parts.size === 0 ? null : [...parts].join(' AND ');
};

/** Whether no record of this kind can have all of these fields. */
export const cannotHave = (operation: RecordKind, require: readonly RecordField[]): boolean =>
  operation === 'COMPANY' && require.some((field) => neverOfCompanies.has(field));
