import { type Merged, mergeRecords } from '../enrichment/merge-records.js';
import type { Provider } from '../providers/catalogue.js';
import { readUnlockedRecord } from '../usage/read-unlocked-record.js';
import type {
  LookupResult as ResultShape,
  FieldSource as FieldSourceShape,
} from '../enrichment/lookup-result.js';
import { builder } from './builder.js';
import { Problem } from './problem.js';
import { Outcome, Receipt } from './receipt.js';
import type { GatewayContext } from './context.js';
import { ProviderName, toProviderName } from './enums.js';
import { readRecordId, writeRecordId } from './record-id.js';

/** A record with its id in the API, the provider's own object, and the sources of its fields. */
export type RecordShape<Found> = Pick<ResultShape<Found>, 'raw' | 'sources'> & { id: string; record: Found };

/** The record of a lookup's result; null if it found none. */
export const recordOf = <Found>({
  record,
  parts,
  raw,
  sources,
}: ResultShape<Found>): RecordShape<Found> | null =>
  record === null ? null : { id: writeRecordId(parts), record, raw, sources };

/**
 * The content that an id names, from the newest snapshots of its records; null unless the workspace has unlocked all of
 * them and has these snapshots.
 */
export const readSnapshot = async <Found extends object>(
  { app, lookupRequest }: GatewayContext,
  id: string,
  keyOf: (id: string) => string,
  read: (provider: Provider, raw: unknown) => { record: Found } | null,
): Promise<RecordShape<Found> | null> => {
  const { ids, country } = readRecordId(id) ?? { ids: [], country: '' };
  let merged: Merged<Found> | null = null;
  let first: unknown = null;
  for (const own of ids) {
    const found = await readUnlockedRecord(app, lookupRequest.caller, keyOf(own), country);
    if (found === null) return null;
    const raw: unknown = JSON.parse(found.body);
    const provider = app.providers[toProviderName(found.provider)];
    const record = read(provider, raw)?.record ?? null;
    if (record === null) return null;
    if (merged === null) first = raw;
    const part = { id: own, variant: found.variant };
    merged = mergeRecords(merged, { record, provider: provider.name, part });
  }
  return merged === null ? null : { id, record: merged.record, raw: () => first, sources: merged.sources };
};

export const LookupResult = builder.interfaceRef<ResultShape<unknown>>('LookupResult').implement({
  description:
    'The result of a lookup. Lookup failures are returned as data; GraphQL errors report invalid requests.',
  fields: (t) => ({
    outcome: t.expose('outcome', { type: Outcome, nullable: false, description: 'The outcome.' }),
    receipt: t.expose('receipt', {
      type: Receipt,
      nullable: false,
      description: 'What the lookup cost and who paid.',
    }),
    problem: t.expose('problem', {
      type: Problem,
      nullable: true,
      description: 'Why there is no record; null if there is one or if none exists.',
    }),
  }),
});

export const FieldSource = builder.objectRef<FieldSourceShape>('FieldSource').implement({
  description: 'The provider of a field of a record.',
  fields: (t) => ({
    field: t.exposeString('field', {
      nullable: false,
      description: 'The field, or the part of it that was filled in, such as `emails.personal`.',
    }),
    provider: t.expose('provider', {
      type: ProviderName,
      nullable: false,
      description: 'The provider that has it.',
    }),
  }),
});
