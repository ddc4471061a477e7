import { normalizeAbn } from '../identifiers/normalize-abn.js';
import { normalizeDomain } from '../identifiers/normalize-domain.js';
import { normalizeEmail } from '../identifiers/normalize-email.js';
import { normalizeLinkedin } from '../identifiers/normalize-linkedin.js';
import { companyLookupKeys, personLookupKeys } from '../identifiers/record-keys.js';
import type { Columns, Operation } from './choose-columns.js';

type Kind = Columns['others'][number]['kind'];

export type Names = {
  /** The ledger's names of the record: its own, and all that the line adds. */
  aliases: string[];
  /** What could not be read, and why: at most one of each kind, so that a hostile line is not answered at length. */
  unread: { value: string; reason: string }[];
};

/** Reads what else than its id a line says a record is known by. */
export const readNames = (
  operation: Operation,
  id: string,
  { others }: Columns,
  cells: readonly string[],
): Names => {
  const values = others
    .flatMap(({ kind, at }) =>
      (cells[at] ?? '').split(/[;,|]/).map((value) => ({ kind, value: value.trim().replace(/^'/, '') })),
    )
    .filter(({ value }) => value !== '');
  const unread = new Map<Kind, Names['unread'][number]>();
  for (const { kind, value } of values) {
    if (!unread.has(kind) && !isName(operation, kind, value)) {
      unread.set(kind, {
        value,
        reason: `This is no ${title(operation, kind)}: its record goes without it.`,
      });
    }
  }
  return {
    aliases: values
      .filter(({ kind, value }) => isName(operation, kind, value))
      .flatMap(({ kind, value }) => lookupKeysOf(operation, id, kind, value)),
    unread: [...unread.values()],
  };
};

const isName = (operation: Operation, kind: Kind, value: string): boolean => {
  const read: Record<Kind, (text: string) => string | null> = {
    domain: normalizeDomain,
    linkedin: (text) => normalizeLinkedin(operation === 'COMPANY' ? 'company' : 'person', text),
    abn: normalizeAbn,
    email: normalizeEmail,
  };
  return read[kind](value) !== null;
};

const title = (operation: Operation, kind: Kind): string =>
  ({
    domain: 'domain',
    linkedin: `LinkedIn page of a ${operation}`,
    abn: 'ABN',
    email: 'e-mail address',
  })[kind];

// Each value is a record of its own, so that the spellings of both kinds are read as those of any fetched record.
const lookupKeysOf = (operation: Operation, id: string, kind: Kind, value: string): string[] => {
  const of = (one: Kind): string | null => (kind === one ? value : null);
  if (operation === 'COMPANY') {
    return companyLookupKeys({
      id,
      domain: of('domain'),
      website: null,
      linkedin: of('linkedin'),
      identifiers: { abn: of('abn') },
    });
  }
  const email = of('email');
  return personLookupKeys({
    id,
    linkedin: of('linkedin'),
    emails: { work: email === null ? [] : [{ value: email }], personal: [] },
  });
};
