import { readCompanyIdentifier, readPersonIdentifier } from '../enrichment/identifiers/identify.js';
import { headingOf, type Kind, knownHeadings } from '../enrichment/imports/choose-columns.js';
import { mapInTurns } from '../platform/map-in-turns.js';
import type { Providers } from '../providers/catalogue.js';
import { type Content, contentOf } from './content-of.js';
import type { ColumnIdentifier, ColumnMapping } from './upload.js';
import type { RecordKind } from '../providers/provider.js';

/** The operation that a list is for, and which of its columns have identifiers, in the order in which they are used. */
export type Proposal = { operation: RecordKind; mapping: ColumnMapping[] };

/** What each operation looks up by, in order of preference: what identifies a record best comes first. */
export const preference: Readonly<Record<RecordKind, readonly ColumnIdentifier[]>> = {
  COMPANY: ['ID', 'DOMAIN', 'WEBSITE', 'LINKEDIN', 'ABN'],
  PERSON: ['ID', 'LINKEDIN', 'WORK_EMAIL', 'PERSONAL_EMAIL'],
};

/** A column needs this share of cells that are the identifier: fewer under a header that names it. */
const shareMin = { named: 0.2, unnamed: 0.6 };

/** Headers that only a list of people has. */
const personHeadings =
  /^(?:first|last|given|family|full|middle|contact|person)?(?:name|surname)$|^(?:firstname|lastname|surname|jobtitle|title|position|contact|seniority|person.*)$/;
/** Mailboxes that are a company's. */
const companyMailbox = /^(?:info|sales|contact|hello|admin|office|support|enquiries|reception|team|mail)@/;
/** Headers of addresses that are not a company's site. */
const otherAddress = /logo|image|photo|avatar|picture|icon|thumbnail/;

type Column = {
  at: number;
  heading: string;
  cells: readonly string[];
  contents: readonly (Content | null)[];
};

/**
 * Proposes how to read a list by its headers and by the cells of its first rows: a header that names an identifier counts
 * where its cells are not something else, and cells that certainly are identifiers count under any header. Nothing is
 * proposed for a column that is neither. `wanted`: the operation, if it is known; else it is guessed.
 */
export const proposeMapping = async (
  headers: readonly string[],
  rows: readonly { cells: readonly string[] }[],
  providers: Providers,
  wanted: RecordKind | null = null,
): Promise<Proposal> => {
  const columns = await mapInTurns(headers, (header, at): Column => {
    const cells = rows.flatMap((row) => (isBlank(row.cells[at]) ? [] : [row.cells[at] ?? '']));
    return {
      at,
      heading: headingOf(header),
      cells,
      contents: cells.map((cell) => contentOf(cell, providers.FIRMABLE)),
    };
  });
  const operation = wanted ?? guessOperation(columns);
  const identified = await mapInTurns(columns, (column) => identifierOf(operation, column, providers));
  const found = columns.flatMap(({ at, cells }, index) => {
    const identifier = identified[index] ?? null;
    return identifier === null ? [] : [{ column: at, isEmpty: cells.length === 0, ...identifier }];
  });
  // Of cells alone one column of each kind is proposed; headers may name several. A named column may be empty.
  const taken = new Set(found.flatMap((one) => (one.isNamed && !one.isEmpty ? [one.identifier] : [])));
  const kept = found.filter(({ identifier, isNamed }) => {
    if (isNamed) return true;
    const isFirst = !taken.has(identifier);
    taken.add(identifier);
    return isFirst;
  });
  const order = preference[operation];
  return {
    operation,
    mapping: kept
      .toSorted((a, b) => order.indexOf(a.identifier) - order.indexOf(b.identifier) || a.column - b.column)
      .map(({ column, identifier }) => ({ column, identifier })),
  };
};

const isBlank = (cell: string | undefined): boolean => cell === undefined || cell.trim() === '';

const identifierOf = (
  operation: RecordKind,
  column: Column,
  providers: Providers,
): { identifier: ColumnIdentifier; isNamed: boolean } | null => {
  const { heading, cells, contents } = column;
  const kinds: readonly Kind[] = ['id', 'domain', 'linkedin', 'abn', 'email'];
  const kind = kinds.find((one) => knownHeadings[operation][one]?.includes(heading) === true);
  const own = contents.filter((content) => content?.operation === operation);
  if (kind !== undefined) {
    const identifier = namedIdentifier(kind, heading, own);
    const readable = cells.filter((cell) => isReadable(operation, identifier, cell, providers)).length;
    if (cells.length === 0 || readable >= cells.length * shareMin.named) return { identifier, isNamed: true };
  }
  const identifier = commonIdentifier(own);
  if (identifier === null || own.length < cells.length * shareMin.unnamed) return null;
  const distinct = new Set(own.map((content) => content?.value)).size;
  const isRepeated = own.length > 5 && distinct < own.length / 5;
  return isRepeated || otherAddress.test(heading) ? null : { identifier, isNamed: false };
};

const namedIdentifier = (kind: Kind, heading: string, own: readonly (Content | null)[]): ColumnIdentifier => {
  switch (kind) {
    case 'id':
      return 'ID';
    case 'linkedin':
      return 'LINKEDIN';
    case 'abn':
      return 'ABN';
    case 'domain':
      return /website|url/.test(heading) ? 'WEBSITE' : 'DOMAIN';
    case 'email':
      if (/work|business/.test(heading)) return 'WORK_EMAIL';
      if (heading.includes('personal')) return 'PERSONAL_EMAIL';
      return commonIdentifier(own.filter((content) => content?.identifier.endsWith('EMAIL'))) ?? 'WORK_EMAIL';
  }
};

/** The identifier that most of these cells are. */
const commonIdentifier = (contents: readonly (Content | null)[]): ColumnIdentifier | null => {
  const counts = new Map<ColumnIdentifier, number>();
  for (const content of contents)
    if (content !== null) counts.set(content.identifier, (counts.get(content.identifier) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isReadable = (
  operation: RecordKind,
  identifier: ColumnIdentifier,
  cell: string,
  providers: Providers,
): boolean => {
  switch (identifier) {
    case 'ID': {
      const id = cell.trim();
      if (uuid.test(id) || !/\d/.test(id)) return false;
      return Object.values(providers).some(({ isCompanyId, isPersonId }) =>
        [id, id.toLowerCase()].some(operation === 'COMPANY' ? isCompanyId : isPersonId),
      );
    }
    case 'LINKEDIN':
      return (
        'value' in
        (operation === 'COMPANY'
          ? readCompanyIdentifier('linkedin', cell)
          : readPersonIdentifier('linkedin', cell))
      );
    case 'WORK_EMAIL':
    case 'PERSONAL_EMAIL':
      return 'value' in readPersonIdentifier('workEmail', cell);
    case 'ABN':
      return 'value' in readCompanyIdentifier('abn', cell);
    case 'DOMAIN':
    case 'WEBSITE':
      return 'value' in readCompanyIdentifier('domain', cell);
  }
};

/**
 * Whether a list is of companies or of people. A list of people usually has the company of each, too, and a list of companies
 * an address to write to.
 */
const guessOperation = (columns: readonly Column[]): RecordKind => {
  const has = (operation: RecordKind, test: (content: Content) => boolean): boolean =>
    columns.some(({ contents, cells }) => {
      const own = contents.filter((content) => content?.operation === operation && test(content));
      return own.length > 0 && own.length >= cells.length * shareMin.unnamed;
    });
  if (has('PERSON', ({ identifier }) => identifier === 'ID' || identifier === 'LINKEDIN')) return 'PERSON';
  const headings = columns.map(({ heading }) => heading);
  const isNamed = (operation: RecordKind): boolean =>
    headings.some((heading) =>
      Object.entries(knownHeadings[operation]).some(
        ([kind, names]) => kind !== 'id' && kind !== 'linkedin' && names.includes(heading),
      ),
    );
  const hasCompanies = isNamed('COMPANY') || has('COMPANY', () => true);
  const hasEmails = has('PERSON', ({ value }) => !companyMailbox.test(value));
  if (!hasCompanies) return hasEmails || isNamed('PERSON') ? 'PERSON' : 'COMPANY';
  if (hasEmails) return 'PERSON';
  return isNamed('PERSON') && headings.some((heading) => personHeadings.test(heading) && heading !== 'name')
    ? 'PERSON'
    : 'COMPANY';
};
