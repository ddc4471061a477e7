import type { RecordField, RecordKind } from './provider.js';

/** The fields that a company, or a person, never has. */
export const foreignTo = {
  COMPANY: ['POSITION', 'PERSONAL_EMAIL'],
  PERSON: ['EMPLOYEE_COUNT'],
} as const satisfies Record<RecordKind, readonly RecordField[]>;

/**
 * What is wrong with requiring these fields of that kind of record; null where nothing is. Requiring a field that no
 * such record has would run every step for nothing.
 */
export const explainForeignFields = (
  operation: RecordKind,
  fields: readonly RecordField[],
): string | null => {
  const never: readonly RecordField[] = foreignTo[operation];
  const foreign = fields.filter((field) => never.includes(field));
  if (foreign.length === 0) return null;
  const kind = operation === 'COMPANY' ? 'company' : 'person';
  return `No ${kind} ever has ${foreign.join(', ')}: leave it out of the waterfall's "require".`;
};
