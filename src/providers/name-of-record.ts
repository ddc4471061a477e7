import type { CompanyRecord, PersonRecord } from './records.js';

/** The fields that hold the name of a company or person. */
type Named = Pick<CompanyRecord, 'name'> &
  Partial<Pick<PersonRecord, 'firstName' | 'middleName' | 'lastName'>>;

/**
 * The name of a record on one line, at most 300 characters long: its own, else that of a person's parts; null where it has
 * none.
 */
export const nameOfRecord = ({ name, firstName, middleName, lastName }: Named): string | null => {
  const parts = name === null ? [firstName, middleName, lastName] : [name];
  const line = parts
    .filter((part) => typeof part === 'string')
    .join(' ')
    // A provider may send anything: what PostgreSQL does not store, and what would break a line.
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim();
  return /^.{1,300}/u.exec(line)?.[0].trim() ?? null;
};
