import type { RecordField } from './provider.js';

/** What a company, and what a person, can have of the fields that may be required. */
export const fieldsOf = {
  COMPANY: [
    'NAME',
    'WEBSITE',
    'LINKEDIN',
    'EMPLOYEE_COUNT',
    'INDUSTRY',
    'LOCATION',
    'EMAIL',
    'WORK_EMAIL',
    'PHONE',
  ],
  PERSON: [
    'NAME',
    'WEBSITE',
    'LINKEDIN',
    'INDUSTRY',
    'LOCATION',
    'POSITION',
    'EMAIL',
    'WORK_EMAIL',
    'PERSONAL_EMAIL',
    'PHONE',
  ],
} as const satisfies Record<'COMPANY' | 'PERSON', readonly RecordField[]>;

/**
 * What is wrong with requiring these fields of that kind of record; null where nothing is. To require a field that no
 * such record has would try every step in vain.
 */
export const explainForeignFields = (
  operation: 'COMPANY' | 'PERSON',
  fields: readonly RecordField[],
): string | null => {
  const own: readonly RecordField[] = fieldsOf[operation];
  const foreign = fields.filter((field) => !own.includes(field));
  if (foreign.length === 0) return null;
  const kind = operation === 'COMPANY' ? 'company' : 'person';
  return `No ${kind} ever has ${foreign.join(', ')}: leave it out of the waterfall's "require".`;
};
