import type { RecordField } from './provider.js';

/** Of the fields that may be required, those that no company, and that no person, ever has. */
export const foreignTo = {
  COMPANY: ['POSITION', 'PERSONAL_EMAIL'],
  PERSON: ['EMPLOYEE_COUNT'],
} as const satisfies Record<'COMPANY' | 'PERSON', readonly RecordField[]>;

/**
 * What is wrong with requiring these fields of that kind of record; null where nothing is. To require a field that no
 * such record has would try every step in vain.
 */
export const explainForeignFields = (
  operation: 'COMPANY' | 'PERSON',
  fields: readonly RecordField[],
): string | null => {
  const never: readonly RecordField[] = foreignTo[operation];
  const foreign = fields.filter((field) => never.includes(field));
  if (foreign.length === 0) return null;
  const kind = operation === 'COMPANY' ? 'company' : 'person';
  return `No ${kind} ever has ${foreign.join(', ')}: leave it out of the waterfall's "require".`;
};
