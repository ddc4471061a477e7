import type { CompanyKey, JobIdentifier, Operation, PersonKey } from '../../api/operations.js';
import { identifierTitle } from '../../ui/format.js';

export type RecordKind = 'COMPANY' | 'PERSON';

/** The records that the rows of a list are: companies, too, where their people are searched. */
export const recordKindOf = (operation: Operation): RecordKind =>
  operation === 'PERSON' ? 'PERSON' : 'COMPANY';

const titled = <Value extends string>(value: Value): { value: Value; title: string } => ({
  value,
  title: identifierTitle(value),
});

type ColumnChoice = { value: JobIdentifier; title: string };

/** The identifiers that a column of a file may have. */
export const columnIdentifiers: Readonly<Record<RecordKind, readonly ColumnChoice[]>> = {
  COMPANY: (['DOMAIN', 'WEBSITE', 'LINKEDIN', 'ABN', 'ID'] as const).map(titled),
  PERSON: (['WORK_EMAIL', 'PERSONAL_EMAIL', 'LINKEDIN', 'ID'] as const).map(titled),
};

/** The kinds of identifiers of a record; DETECT chooses by the text. */
export const identifierKinds = {
  COMPANY: [
    { value: 'DETECT', title: 'Detect' },
    { value: 'domain', title: 'Domain or website' },
    ...(['linkedin', 'abn', 'id'] as const).map(titled),
  ],
  PERSON: [
    { value: 'DETECT', title: 'Detect' },
    ...(['workEmail', 'personalEmail', 'linkedin', 'id'] as const).map(titled),
  ],
} as const;

/** The key of a company. The gateway itself reads the identifier; this only chooses the field. */
export const companyKey = (kind: string, text: string): CompanyKey => {
  switch (kind === 'DETECT' ? detectCompany(text) : kind) {
    case 'linkedin':
      return { linkedin: text };
    case 'abn':
      return { abn: text };
    case 'id':
      return { id: text };
    default:
      return { domain: text };
  }
};

/** The key of a person. An e-mail address counts as a work address unless the viewer says otherwise. */
export const personKey = (kind: string, text: string): PersonKey => {
  switch (kind === 'DETECT' ? detectPerson(text) : kind) {
    case 'workEmail':
      return { workEmail: text };
    case 'personalEmail':
      return { personalEmail: text };
    case 'id':
      return { id: text };
    default:
      return { linkedin: text };
  }
};

const detectCompany = (text: string): string => {
  if (/linkedin\.com\/|^urn:li:/i.test(text)) return 'linkedin';
  if (/^\d{11}$/.test(text.replaceAll(/\s/g, ''))) return 'abn';
  return isId(text) ? 'id' : 'domain';
};

const detectPerson = (text: string): string => {
  if (text.includes('@')) return 'workEmail';
  return isId(text) ? 'id' : 'linkedin';
};

/** Firmable's ids are f or fp with 12 digits; those of the other providers are chosen by hand. */
const isId = (text: string): boolean => /^fp?\d{12}$/i.test(text);

/** The lines of a pasted list, without empty ones. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
