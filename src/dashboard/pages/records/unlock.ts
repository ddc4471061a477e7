import type { RecordQuery, RecordRowFragment } from '../../api/operations.js';

/** A record with its unlock and snapshots, as its page shows it. */
export type Unlock = RecordQuery['unlocks']['nodes'][number];

type Identifier = RecordRowFragment['identifiers'][number];

const order = ['domain', 'workEmail', 'linkedin', 'abn', 'personalEmail'];

/** The identifier by which people know a record best; null where only its id is known. */
export const mainIdentifier = (identifiers: readonly Identifier[]): string | null => {
  const [best] = identifiers
    .filter(({ kind }) => order.includes(kind))
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return best?.value ?? null;
};

const sources: Readonly<Record<string, string>> = {
  RESOLVED: 'Resolved by the provider',
  DECLARED: 'Declared by an import',
  REPORTED: 'Reported by the record',
};

/** How an identifier is known, in words. */
export const sourceTitle = (source: string): string => sources[source] ?? source;

/** The name of a record; without a snapshot its best identifier. */
export const titleOf = ({ name, identifiers, recordId }: RecordRowFragment): string =>
  name ?? mainIdentifier(identifiers) ?? recordId;
