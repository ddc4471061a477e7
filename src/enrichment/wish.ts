import type { Call, Found, NoRecord, ProviderName } from '../providers/provider.js';

/** One ask after its identifier was understood: what to fetch, by whom, and how its record is read. */
export type Wish<Record> = {
  operation: 'COMPANY' | 'PERSON';
  provider: ProviderName;
  /** The connection the ask names; null for the workspace's default. */
  connectionId: string | null;
  /** The ledger's name for what is asked for. */
  subject: string;
  /** Copies are kept apart by it (the country of a company), unlocks are not. */
  variant: string;
  /** The oldest copy that will do. */
  maxAgeSeconds: number;
  workflow: string | null;
  /** Asks the provider: by the identifier of the ask, or by the id of a record that is already ours. */
  find: (call: Call, knownId: string | null) => Promise<Found<Record> | NoRecord>;
  read: (raw: unknown) => { record: Record } | null;
  /** The record's own name in the ledger. */
  nameOf: (record: Record) => string;
  aliasesOf: (record: Record) => string[];
};
