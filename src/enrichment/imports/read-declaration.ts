import { GatewayError } from '../../errors.js';
import { cutCredentials } from '../../platform/cut-credentials.js';
import type { Provider } from '../../providers/catalogue.js';
import { companyAliases, companySubject, personAliases, personSubject } from '../subjects.js';
import { chooseColumns, type Columns, type Operation } from './choose-columns.js';
import { type CsvRow, readCsv } from './read-csv.js';

export type Declared = {
  /** The ledger's names of the record: its own, and all it may be asked by. */
  record: string;
  aliases: string[];
};

export type InvalidLine = { line: number; value: string; reason: string };

export type Declaration = {
  records: Declared[];
  /** Lines that named a record, also one that an earlier line had named. */
  lines: number;
  invalid: InvalidLine[];
};

/**
 * Reads what somebody says an account has bought: ids one by one, or a CSV file with a column of ids, whose further
 * columns make the records known by domain, LinkedIn, ABN or e-mail. A name that two records claim is neither's. Throws
 * INVALID_INPUT for what is no such list, or longer than `linesMax`.
 */
export const readDeclaration = (
  provider: Pick<Provider, 'title' | 'isCompanyId' | 'isPersonId'>,
  operation: Operation,
  given: { ids?: readonly string[] | null | undefined; csv?: string | null | undefined },
  linesMax: number,
): Declaration => {
  const readId = (text: string): string | null => idIn(provider, operation, text);
  const { columns, rows } = tableOf(operation, given, (text) => readId(text) !== null);
  if (rows.length > linesMax) throw tooLong(linesMax);

  const byRecord = new Map<string, Set<string>>();
  const invalid: InvalidLine[] = [];
  for (const { line, cells } of rows) {
    const text = (cells[columns.id] ?? '').trim();
    const id = readId(text);
    if (id === null) {
      invalid.push({ line, value: shown(text), reason: reasonOf(provider, operation, text) });
      continue;
    }
    const record = (operation === 'COMPANY' ? companySubject : personSubject)({ kind: 'id', value: id });
    const aliases = byRecord.get(record) ?? new Set();
    for (const alias of aliasesOf(operation, id, columns, cells)) aliases.add(alias);
    byRecord.set(record, aliases);
  }
  return { records: withoutContested(byRecord), lines: rows.length - invalid.length, invalid };
};

const tableOf = (
  operation: Operation,
  { ids, csv }: { ids?: readonly string[] | null | undefined; csv?: string | null | undefined },
  isId: (text: string) => boolean,
): { columns: Columns; rows: readonly CsvRow[] } => {
  if ((ids == null) === (csv == null))
    throw invalid('input', 'Send either ids or a csv, not both and not neither.');
  if (csv == null) {
    const rows = (ids ?? []).map((id, index) => ({ line: index + 1, cells: [id] }));
    return { columns: { id: 0, others: [] }, rows };
  }
  const rows = readCsv(csv);
  if (rows === null)
    throw invalid('csv', 'This CSV ends inside of a quoted cell: it was cut off; send all of it.');
  const table = chooseColumns(operation, rows, isId);
  if (table !== null) return table;
  throw invalid(
    'csv',
    'This CSV has no column of ids: give it a first line of headings, and call the column id, firmable_id, company_id or person_id.',
  );
};

/** An id as the provider writes it; spreadsheets may have put an apostrophe in front, people capitals in it. */
const idIn = (
  provider: Pick<Provider, 'isCompanyId' | 'isPersonId'>,
  operation: Operation,
  text: string,
): string | null => {
  const bare = text.trim().replace(/^'/, '');
  const fits = operation === 'COMPANY' ? provider.isCompanyId : provider.isPersonId;
  return [bare, bare.toLowerCase()].find(fits) ?? null;
};

const aliasesOf = (
  operation: Operation,
  id: string,
  { others }: Columns,
  cells: readonly string[],
): string[] => {
  const values = others.flatMap(({ kind, at }) =>
    (cells[at] ?? '').split(/[;,|]/).map((value) => ({ kind, value: value.trim().replace(/^'/, '') })),
  );
  // Each value is a record of its own, so that the spellings of both kinds are read as those of any fetched record.
  return values
    .filter(({ value }) => value !== '')
    .flatMap(({ kind, value }) => {
      const of = (one: typeof kind): string | null => (kind === one ? value : null);
      if (operation === 'COMPANY') {
        return companyAliases({
          id,
          domain: of('domain'),
          website: null,
          linkedin: of('linkedin'),
          identifiers: { abn: of('abn') },
        });
      }
      const email = of('email');
      return personAliases({
        id,
        linkedin: of('linkedin'),
        emails: { work: email === null ? [] : [{ value: email }], personal: [] },
      });
    });
};

const withoutContested = (byRecord: ReadonlyMap<string, ReadonlySet<string>>): Declared[] => {
  const claims = new Map<string, number>();
  for (const aliases of byRecord.values()) {
    for (const alias of aliases) claims.set(alias, (claims.get(alias) ?? 0) + 1);
  }
  return [...byRecord].map(([record, aliases]) => ({
    record,
    aliases: [...new Set([record, ...[...aliases].filter((alias) => claims.get(alias) === 1)])],
  }));
};

/** Enough to find the place by, and nothing that may be a key in the wrong column. */
const shown = (text: string): string => cutCredentials(text).slice(0, 80);

const reasonOf = (
  provider: Pick<Provider, 'title' | 'isCompanyId' | 'isPersonId'>,
  operation: Operation,
  text: string,
): string => {
  if (text === '') return 'The line has no id.';
  const other = operation === 'COMPANY' ? 'PERSON' : 'COMPANY';
  if (idIn(provider, other, text) !== null) return `This is the id of a ${other}: declare it as one.`;
  return `This is no id of a ${operation} at ${provider.title}.`;
};

const tooLong = (linesMax: number): GatewayError =>
  invalid('input', `At most ${linesMax} lines can be declared at once: send the rest in further requests.`);

const invalid = (field: string, message: string): GatewayError =>
  new GatewayError('INVALID_INPUT', message, { field: field === 'input' ? ['input'] : ['input', field] });
