import type { CsvRow } from './read-csv.js';

export type Operation = 'COMPANY' | 'PERSON';

/** The kinds of identifier that a column can hold. */
type Kind = 'id' | 'domain' | 'linkedin' | 'abn' | 'email';

/** The columns by their index; several may hold the same kind of identifier. */
export type Columns = { id: number; others: { kind: Exclude<Kind, 'id'>; at: number }[] };

/** Headings in lower case, letters only, the most specific first. */
const headings: Record<Operation, Partial<Record<Kind, readonly string[]>>> = {
  COMPANY: {
    id: ['firmablecompanyid', 'companyfirmableid', 'firmableid', 'companyid', 'recordid', 'id'],
    domain: ['domain', 'fqdn', 'companydomain', 'website', 'companywebsite', 'websiteurl', 'url'],
    linkedin: ['linkedin', 'linkedinurl', 'companylinkedin', 'companylinkedinurl', 'lnurl', 'lnslug'],
    abn: ['abn', 'companyabn'],
  },
  PERSON: {
    id: [
      'firmablepersonid',
      'personfirmableid',
      'firmableid',
      'personid',
      'peopleid',
      'contactid',
      'recordid',
      'id',
    ],
    linkedin: [
      'linkedin',
      'linkedinurl',
      'personlinkedin',
      'personlinkedinurl',
      'linkedinprofile',
      'lnurl',
      'lnslug',
    ],
    email: [
      'email',
      'emails',
      'emailaddress',
      'workemail',
      'workemails',
      'businessemail',
      'personalemail',
      'personalemails',
    ],
  },
};

/**
 * Finds the columns of a table by their headings; of several id columns, the one with the most ids. A table without
 * headings is a list of ids. Null where there is no column of ids.
 */
export const chooseColumns = (
  operation: Operation,
  [first, ...rest]: readonly CsvRow[],
  isId: (text: string) => boolean,
): { columns: Columns; rows: readonly CsvRow[] } | null => {
  if (first === undefined) return null;
  const bareId = first.cells.findIndex(isId);
  if (bareId !== -1) return { columns: { id: bareId, others: [] }, rows: [first, ...rest] };

  const names = first.cells.map((cell) => cell.toLowerCase().replace(/[^a-z]/g, ''));
  const columnsOf = (kind: Kind): number[] =>
    (headings[operation][kind] ?? []).flatMap((heading) =>
      names.flatMap((name, at) => (name === heading ? [at] : [])),
    );
  const idsIn = (at: number): number => rest.filter(({ cells }) => isId(cells[at] ?? '')).length;
  const [id] = columnsOf('id').toSorted((a, b) => idsIn(b) - idsIn(a));
  if (id === undefined) return null;
  const kinds = ['domain', 'linkedin', 'abn', 'email'] as const;
  return {
    columns: { id, others: kinds.flatMap((kind) => columnsOf(kind).map((at) => ({ kind, at }))) },
    rows: rest,
  };
};
