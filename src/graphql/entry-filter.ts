import { GatewayError } from '../errors.js';
import type { Charge as ChargeName, Outcome as OutcomeName } from '../ledger/types.js';
import type {
  EntryFilter as EntryFilterShape,
  OptionalLabel as OptionalLabelName,
} from '../usage/entry-filter.js';
import { builder } from './builder.js';
import { Operation, ProviderName } from './enums.js';
import { idOfFilter } from '../access/public-ids.js';
import { Charge, Outcome, PayerKind } from './receipt.js';

type Given<Value> = Value | null | undefined;
export type UsageFilterInput = {
  connection?: Given<string>;
  connections?: Given<readonly string[]>;
  provider?: Given<string>;
  providers?: Given<readonly string[]>;
  operation?: Given<string>;
  operations?: Given<readonly string[]>;
  workflow?: Given<string>;
  workflows?: Given<readonly string[]>;
  token?: Given<string>;
  tokens?: Given<readonly string[]>;
  outcome?: Given<OutcomeName>;
  outcomes?: Given<readonly OutcomeName[]>;
  charge?: Given<ChargeName>;
  charges?: Given<readonly ChargeName[]>;
  payer?: Given<string>;
  payers?: Given<readonly string[]>;
  sandbox?: Given<boolean>;
  without?: Given<readonly OptionalLabelName[]>;
};
export type EntryFilterInput = UsageFilterInput & {
  from?: Given<Date>;
  to?: Given<Date>;
  lookupId?: Given<string>;
  unlock?: Given<string>;
  job?: Given<string>;
};

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

const OptionalLabel = builder.enumType('OptionalLabel', {
  description: 'A label that an entry may be without.',
  values: {
    CONNECTION: {
      description: 'No connection paid: a key sent with the request or the managed account did.',
    },
    PROVIDER: { description: 'The lookup was refused before a provider was chosen.' },
    WORKFLOW: { description: 'The lookup had no workflow.' },
    PAYER: { description: 'The lookup was refused before its payer was resolved.' },
  } satisfies Record<OptionalLabelName, { description: string }>,
});

const sharedFields = (t: InputFields) => ({
  connection: t.id({ description: 'Paid by this connection.' }),
  connections: t.idList({ description: 'Paid by any of these connections.' }),
  provider: t.field({ type: ProviderName, description: 'Of this provider.' }),
  providers: t.field({ type: [ProviderName], description: 'Of any of these providers.' }),
  operation: t.field({ type: Operation, description: 'Of this operation.' }),
  operations: t.field({ type: [Operation], description: 'Of any of these operations.' }),
  workflow: t.string({ description: 'For this workflow.' }),
  workflows: t.stringList({ description: 'For any of these workflows.' }),
  token: t.id({ description: 'Made with this token.' }),
  tokens: t.idList({ description: 'Made with any of these tokens.' }),
  outcome: t.field({ type: Outcome, description: 'With this outcome.' }),
  outcomes: t.field({ type: [Outcome], description: 'With any of these outcomes.' }),
  charge: t.field({ type: Charge, description: 'With this charge.' }),
  charges: t.field({ type: [Charge], description: 'With any of these charges.' }),
  payer: t.field({ type: PayerKind, description: 'Paid by this kind of payer.' }),
  payers: t.field({ type: [PayerKind], description: 'Paid by any of these kinds of payer.' }),
  sandbox: t.boolean({ description: 'true: sandbox only. false: real providers only.' }),
  without: t.field({
    type: [OptionalLabel],
    description:
      'Without these labels, as the rows of a report whose label is null. If values of the same label are given, with one of the values or without the label.',
  }),
});

const howToNarrow =
  'Omitted fields select all. Give a field or its list, not both; lists have 1 to 100 values.';

export const UsageFilter = builder.inputType('UsageFilter', {
  description: `Selects lookups. ${howToNarrow} A filter by charge reads the ledger entries, so its cost grows with the period.`,
  fields: sharedFields,
});

export const EntryFilter = builder.inputType('EntryFilter', {
  description: `Selects entries. ${howToNarrow}`,
  fields: (t) => ({
    from: t.field({ type: 'DateTime', description: 'At or after this instant.' }),
    to: t.field({ type: 'DateTime', description: 'Before this instant.' }),
    lookupId: t.id({ description: 'All steps of one lookup, by the id of its receipt. Begins with ent_.' }),
    unlock: t.id({
      description:
        'The entries of this unlock: its purchase, and every lookup that used it. Begins with unl_.',
    }),
    job: t.id({ description: 'Of the lookups of this job. Begins with job_.' }),
    ...sharedFields(t),
  }),
});

/**
 * Maps a filter to that of reports. A field that does not restrict is null, and so is an empty `without`, so that equal filters
 * share a read. Throws BAD_REQUEST for a malformed id, and for a field given together with its list.
 */
export const readEntryFilter = (input: Given<EntryFilterInput>): EntryFilterShape => {
  const given = input ?? {};
  return {
    from: given.from ?? null,
    to: given.to ?? null,
    lookupId: idOfFilter('entry', given.lookupId),
    unlockId: idOfFilter('unlock', given.unlock),
    jobId: idOfFilter('job', given.job),
    connectionId: oneOrMore('connection', given.connection, given.connections, idOf('connection')),
    provider: oneOrMore('provider', given.provider, given.providers),
    operation: oneOrMore('operation', given.operation, given.operations),
    workflow: oneOrMore('workflow', given.workflow, given.workflows),
    tokenId: oneOrMore('token', given.token, given.tokens, idOf('token')),
    outcome: oneOrMore('outcome', given.outcome, given.outcomes),
    charge: oneOrMore('charge', given.charge, given.charges),
    payer: oneOrMore('payer', given.payer, given.payers),
    sandbox: given.sandbox ?? null,
    without: given.without == null || given.without.length === 0 ? null : given.without,
  };
};

const oneOrMore = <Value extends string>(
  name: string,
  one: Given<Value>,
  more: Given<readonly Value[]>,
  read: (value: Value) => Value = (value) => value,
): Value | Value[] | null => {
  if (one === null || one === undefined) return more?.map(read) ?? null;
  if (more === null || more === undefined) return read(one);
  throw new GatewayError(
    'BAD_REQUEST',
    `"${name}" and "${name}s" select by the same field: give one of them.`,
    {
      field: ['filter', `${name}s`],
    },
  );
};

const idOf = (kind: 'connection' | 'token') => (publicId: string) => idOfFilter(kind, publicId) ?? publicId;
