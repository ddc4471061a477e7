import type { RecordField } from '../provider.js';

type Expressions = Readonly<Partial<Record<RecordField, string>>>;

/**
 * The fields out of which ours are read. A field that is not here is not asked for, because a record without it may
 * still be one that the asker takes.
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

/** A company of People Data Labs has none of these: a question for one would be paid for in vain. */
const neverOfCompanies: ReadonlySet<RecordField> = new Set(['PHONE', 'EMAIL', 'WORK_EMAIL']);

/**
 * What `required` asks of a match, so that one without these fields is a free miss; null where nothing is required.
 * Source: the parameter `required` of People Data Labs' document, an expression over its fields.
 */
export const requiredOf = (
  operation: 'COMPANY' | 'PERSON',
  require: readonly RecordField[],
): string | null => {
  const fields = operation === 'COMPANY' ? companyFields : personFields;
  const parts = new Set(require.flatMap((field) => fields[field] ?? []));
  return parts.size === 0 ? null : [...parts].join(' AND ');
};

/** Whether no record of this kind can have all of these fields. */
export const cannotHave = (operation: 'COMPANY' | 'PERSON', require: readonly RecordField[]): boolean =>
  operation === 'COMPANY' && require.some((field) => neverOfCompanies.has(field));
