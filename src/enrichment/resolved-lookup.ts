import type { Problem } from '../errors.js';
import type { Call, Found, NoRecord, Price, RecordField } from '../providers/provider.js';
import type { Provider } from '../providers/catalogue.js';

/** One ask after its identifier was understood, before it is decided who is asked. */
export type ResolvedLookup<Record> = {
  operation: 'COMPANY' | 'PERSON';
  /** The same for every spelling of one identifier: asks of one list that share it are one. */
  lookupKey: string;
  workflow: string | null;
  /**
   * What to ask one provider; a problem where it looks up by nothing that is known. `known` is what earlier steps
   * have found, `require` what its record must hold to be of use.
   */
  queryFor: (
    provider: Provider,
    known: Record | null,
    require: readonly RecordField[],
  ) => ProviderQuery<Record> | { problem: Problem };
  /** The fields among those that the record has not. */
  missingFields: (record: Record, fields: readonly RecordField[]) => RecordField[];
};

/** What one step asks of one provider: what to fetch, for how much, and how its record is read. */
export type ProviderQuery<Record> = {
  provider: Provider;
  operation: 'COMPANY' | 'PERSON';
  workflow: string | null;
  price: Price;
  /** The ledger's name for what is asked for. */
  lookupKey: string;
  /** Copies are kept apart by it (the country of a company), unlocks are not. */
  variant: string;
  /** The oldest copy that will do. */
  maxAgeSeconds: number;
  require: readonly RecordField[];
  /** Asks the provider: by the identifier of the ask, or by the id of a record that is already ours. */
  find: (call: Call, knownId: string | null) => Promise<Found<Record> | NoRecord>;
  read: (raw: unknown) => { record: Record } | null;
  /** The record's own name in the ledger. */
  nameOf: (record: Record) => string;
  lookupKeysOf: (record: Record) => string[];
};
