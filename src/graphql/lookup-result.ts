import { sourcesOf } from '../enrichment/merge-records.js';
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

/** A record with the provider's own object and the sources of its fields. */
export type RecordShape<Found> = Pick<ResultShape<Found>, 'raw' | 'sources'> & { record: Found };

/** The newest snapshot of a record that the workspace has unlocked; null if there is none. */
export const readSnapshot = async <Found extends object>(
  { app, lookupRequest }: GatewayContext,
  lookupKey: string,
  read: (provider: Provider, raw: unknown) => { record: Found } | null,
): Promise<RecordShape<Found> | null> => {
  const found = await readUnlockedRecord(app, lookupRequest.caller, lookupKey);
  if (found === null) return null;
  const raw: unknown = JSON.parse(found.body);
  const provider = app.providers[toProviderName(found.provider)];
  const record = read(provider, raw)?.record ?? null;
  if (record === null) return null;
  return { record, raw: () => raw, sources: () => sourcesOf(record, provider.name) };
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
