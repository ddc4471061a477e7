import { normalizeAbn } from '../identifiers/normalize-abn.js';
import { normalizeDomain } from '../identifiers/normalize-domain.js';
import { normalizeEmail } from '../identifiers/normalize-email.js';
import { normalizeLinkedin } from '../identifiers/normalize-linkedin.js';
import { companyLookupKeys, personLookupKeys } from '../identifiers/record-keys.js';
import type { Columns, Operation } from './choose-columns.js';

type Kind = Columns['others'][number]['kind'];

export type Identifiers = {
  /** The record's own key, and the keys of every identifier in the line. */
  lookupKeys: string[];
  /** Identifiers that could not be parsed, at most one of each kind, so that a hostile line gets a short answer. */
  unparsed: { value: string; reason: string }[];
};

/** Reads the identifiers that a line has beside its id. */
export const readIdentifiers = (
  operation: Operation,
  id: string,
  { others }: Columns,
  cells: readonly string[],
): Identifiers => {
  const values = others
    .flatMap(({ kind, at }) =>
      (cells[at] ?? '').split(/[;,|]/).map((value) => ({ kind, value: value.trim().replace(/^'/, '') })),
    )
    .filter(({ value }) => value !== '');
  const unparsed = new Map<Kind, Identifiers['unparsed'][number]>();
  for (const { kind, value } of values) {
    if (unparsed.has(kind) || isIdentifier(operation, kind, value)) continue;
    const reason = `This is not a valid ${title(operation, kind)}: the record is imported without it.`;
    unparsed.set(kind, { value, reason });
  }
  return {
    lookupKeys: values
      .filter(({ kind, value }) => isIdentifier(operation, kind, value))
      .flatMap(({ kind, value }) => lookupKeysOf(operation, id, kind, value)),
    unparsed: [...unparsed.values()],
  };
};

const isIdentifier = (operation: Operation, kind: Kind, value: string): boolean => {
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

// Each value is read as a record of its own, so that its keys are those of a fetched record.
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
