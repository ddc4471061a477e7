import { LRUCache } from 'lru-cache';
import type { SnapshotVersion } from '../ledger/types.js';
import type { CompanyRecord, PersonRecord } from '../providers/records.js';
import { freezeAndMeasure, textBytes } from './freeze-and-measure.js';

/** A snapshot that was parsed by today's code. Lookups share it, so its record is frozen once it is in the cache. */
export type DecodedSnapshot<Record> = {
  version: SnapshotVersion;
  fetchedAt: Date;
  /** As it is stored, for the few who read the provider's own object. */
  body: string;
  record: Record;
  /** The name of the record. */
  name: string | null;
};

/** What a snapshot is kept by: one lookup key of one account, in one variant. */
export type SnapshotPlace = {
  workspaceId: string;
  accountId: string;
  lookupKey: string;
  variant: string;
};

/** The snapshots of one kind of record. */
export type SnapshotsOf<Record> = {
  /** Whether it is still the account's snapshot of that lookup key, only the ledger knows. Null: there is none here. */
  get: (place: SnapshotPlace) => DecodedSnapshot<Record> | null;
  set: (place: SnapshotPlace, snapshot: DecodedSnapshot<Record>) => void;
};

export type SnapshotCache = {
  companies: SnapshotsOf<CompanyRecord>;
  people: SnapshotsOf<PersonRecord>;
  /** What is kept. */
  size: () => { snapshots: number; bytes: number };
};

type Kept =
  | { kind: 'COMPANY'; snapshot: DecodedSnapshot<CompanyRecord> }
  | { kind: 'PERSON'; snapshot: DecodedSnapshot<PersonRecord> };

/**
 * Snapshots that were read from the ledger, so that a lookup that finds the same one neither transfers nor parses it again.
 * Nothing is answered from here alone: each lookup says which snapshot it has, and the statement that writes its entry
 * (`reserve_one`, `reserve_credits` or `record_snapshot_hits`) decides whether that is the present one. What is forgotten,
 * fetched again or deleted, by any instance, is therefore never returned; it only stays in memory until it is replaced or
 * the least recently used.
 *
 * Limited by bytes of memory; 0 keeps nothing.
 */
export const createSnapshotCache = (bytesMax: number): SnapshotCache => {
  const kept =
    bytesMax === 0
      ? null
      : new LRUCache<string, Kept>({
          maxSize: bytesMax,
          sizeCalculation: ({ snapshot }, key) =>
            placeBytes + textBytes(key) + textBytes(snapshot.body) + freezeAndMeasure(snapshot.record),
        });
  return {
    companies: {
      get: (place) => {
        const found = kept?.get(keyOf(place));
        return found?.kind === 'COMPANY' ? found.snapshot : null;
      },
      set: (place, snapshot) => void kept?.set(keyOf(place), { kind: 'COMPANY', snapshot }),
    },
    people: {
      get: (place) => {
        const found = kept?.get(keyOf(place));
        return found?.kind === 'PERSON' ? found.snapshot : null;
      },
      set: (place, snapshot) => void kept?.set(keyOf(place), { kind: 'PERSON', snapshot }),
    },
    size: () => ({ snapshots: kept?.size ?? 0, bytes: kept?.calculatedSize ?? 0 }),
  };
};

/** Parses the body of a snapshot; null where this release cannot read it. */
export const decodeSnapshot = <Record>(
  { read, nameOf }: Decoder<Record>,
  { version, fetchedAt, body }: Pick<DecodedSnapshot<Record>, 'version' | 'fetchedAt' | 'body'>,
): DecodedSnapshot<Record> | null => {
  const decoded = read(JSON.parse(body));
  return decoded === null
    ? null
    : { version, fetchedAt, body, record: decoded.record, name: nameOf(decoded.record) };
};

/** The same, and keeps it in the cache. The list of a job passes once, and would drive out what is asked for again. */
export const decodeAndKeep = <Record>(
  decoder: Decoder<Record> & { cache: SnapshotsOf<Record> },
  stored: Pick<DecodedSnapshot<Record>, 'version' | 'fetchedAt' | 'body'>,
  place: SnapshotPlace,
): DecodedSnapshot<Record> | null => {
  const snapshot = decodeSnapshot(decoder, stored);
  if (snapshot !== null) decoder.cache.set(place, snapshot);
  return snapshot;
};

/** Where the snapshot that answers a query is kept. */
export const placeOf = (
  { lookupKey, variant }: Pick<SnapshotPlace, 'lookupKey' | 'variant'>,
  { workspaceId }: Pick<SnapshotPlace, 'workspaceId'>,
  { accountId }: Pick<SnapshotPlace, 'accountId'>,
): SnapshotPlace => ({ workspaceId, accountId, lookupKey, variant });

type Decoder<Record> = {
  read: (raw: unknown) => { record: Record } | null;
  nameOf: (record: Record) => string | null;
};

/** Place, version, dates and what the cache itself needs for an entry, as measured. */
const placeBytes = 600;

// An account has one provider, and a lookup key says which kind of record it leads to.
const keyOf = ({ workspaceId, accountId, variant, lookupKey }: SnapshotPlace): string =>
  `${workspaceId} ${accountId} ${variant} ${lookupKey}`;
