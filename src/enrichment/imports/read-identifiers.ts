import type { Reading } from '../identifiers/clean-text.js';
import { readCompanyIdentifier, readPersonIdentifier } from '../identifiers/identify.js';
import { companyLookupKey, personLookupKey } from '../identifiers/record-keys.js';
import type { Columns } from './choose-columns.js';
import type { RecordKind } from '../../providers/provider.js';

type Kind = Columns['others'][number]['kind'];

export type Identifiers = {
  /** The record's own key, and the keys of every identifier in the line. */
  lookupKeys: string[];
  /** Identifiers that could not be parsed, at most one of each kind, so that a hostile line gets a short answer. */
  unparsed: { value: string; reason: string }[];
};

/** Reads the identifiers that a line has beside its id, as those of a lookup are read. A cell may have several. */
export const readIdentifiers = (
  operation: RecordKind,
  id: string,
  { others }: Columns,
  cells: readonly string[],
): Identifiers => {
  const own = { kind: 'id', value: id } as const;
  const lookupKeys = new Set([operation === 'COMPANY' ? companyLookupKey(own) : personLookupKey(own)]);
  const unparsed = new Map<Kind, Identifiers['unparsed'][number]>();
  for (const { kind, at } of others) {
    for (const value of valuesIn(operation, kind, cells[at] ?? '')) {
      const reading = readKeys(operation, kind, value);
      if ('value' in reading) {
        for (const key of reading.value) lookupKeys.add(key);
      } else if (!unparsed.has(kind)) {
        unparsed.set(kind, { value, reason: `${reading.refusal} The record is imported without it.` });
      }
    }
  }
  return { lookupKeys: [...lookupKeys], unparsed: [...unparsed.values()] };
};

/** A cell that is one identifier as it stands may have a comma; any other is a list. */
const valuesIn = (operation: RecordKind, kind: Kind, cell: string): string[] =>
  'value' in readKeys(operation, kind, cell)
    ? [cell]
    : cell
        .split(/[;,|]/)
        .map((value) => value.trim().replace(/^'/, ''))
        .filter((value) => value !== '');

const readKeys = (operation: RecordKind, kind: Kind, value: string): Reading<string[]> => {
  if (operation === 'COMPANY' && kind !== 'email') {
    const reading = readCompanyIdentifier(kind, value);
    return 'value' in reading ? { value: [companyLookupKey(reading.value)] } : reading;
  }
  const reading = readPersonIdentifier(kind === 'linkedin' ? kind : 'workEmail', value);
  if ('refusal' in reading) return reading;
  if (kind === 'linkedin') return { value: [personLookupKey(reading.value)] };
  // Which kind of address it is, a file does not say.
  const kinds = ['workEmail', 'personalEmail'] as const;
  return { value: kinds.map((each) => personLookupKey({ kind: each, value: reading.value.value })) };
};
