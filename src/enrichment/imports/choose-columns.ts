import type { CsvRow } from '../../csv/csv-row.js';
import type { RecordKind } from '../../providers/provider.js';

/** The kinds of identifier that a column can hold. */
export type Kind = 'id' | 'domain' | 'linkedin' | 'abn' | 'email';

/** The columns by their index; several may hold the same kind of identifier. */
export type Columns = { id: number; others: { kind: Exclude<Kind, 'id'>; at: number }[] };

/** Headings of each kind of identifier as `headingOf` writes them, the most specific first. */
export const knownHeadings: Readonly<Record<RecordKind, Partial<Record<Kind, readonly string[]>>>> = {
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

/** A heading in lower case, letters only. */
export const headingOf = (cell: string): string => cell.toLowerCase().replace(/[^a-z]/g, '');

/** A heading that several columns have, with their numbers from 1. */
export type RepeatedHeading = { line: number; heading: string; numbers: number[]; severalHaveIds: boolean };

type Table = {
  columns: Columns;
  rows: readonly CsvRow[];
  /** The number of headings; null without headings. */
  width: number | null;
  /** Null without headings. */
  headings: readonly string[] | null;
  /** Headings of the columns that are read. */
  repeated: RepeatedHeading[];
};

/**
 * Finds the columns of a table by their headings; of several id columns, the one with the most ids. A table without
 * headings is a list of ids. Null where there is no column of ids.
 */
export const chooseColumns = (
  operation: RecordKind,
  [first, ...rest]: readonly CsvRow[],
  isId: (text: string) => boolean,
): Table | null => {
  if (first === undefined) return null;
  const bareId = first.cells.findIndex(isId);
  if (bareId !== -1)
    return {
      columns: { id: bareId, others: [] },
      rows: [first, ...rest],
      width: null,
      headings: null,
      repeated: [],
    };

  const names = first.cells.map(headingOf);
  const columnsOf = (kind: Kind): number[] =>
    (knownHeadings[operation][kind] ?? []).flatMap((heading) =>
      names.flatMap((name, at) => (name === heading ? [at] : [])),
    );
  const idsIn = (at: number): number => rest.filter(({ cells }) => isId(cells[at] ?? '')).length;
  const [id] = columnsOf('id').toSorted((a, b) => idsIn(b) - idsIn(a));
  if (id === undefined) return null;
  const kinds = ['domain', 'linkedin', 'abn', 'email'] as const;
  const others = kinds.flatMap((kind) => columnsOf(kind).map((at) => ({ kind, at })));

  const texts = first.cells.map((cell) => cell.trim().toLowerCase());
  const read = new Set([id, ...others.map(({ at }) => at)].map((at) => texts[at] ?? ''));
  const repeated = [...read].flatMap((text): RepeatedHeading[] => {
    const places = texts.flatMap((one, at) => (one === text ? [at] : []));
    if (places.length < 2) return [];
    const severalHaveIds = texts[id] === text && places.filter((at) => idsIn(at) > 0).length > 1;
    const heading = first.cells[places[0] ?? 0]?.trim() ?? '';
    return [{ line: first.line, heading, numbers: places.map((at) => at + 1), severalHaveIds }];
  });
  return {
    columns: { id, others },
    rows: rest,
    width: first.cells.length,
    headings: first.cells,
    repeated,
  };
};
