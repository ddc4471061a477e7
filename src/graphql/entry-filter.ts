import type { Outcome as OutcomeName, Charge as ChargeName } from '../enrichment/answer.js';
import type { EntryFilter as EntryFilterShape } from '../reports/entry-filter.js';
import { builder } from './builder.js';
import { Operation, ProviderName } from './enums.js';
import { idOfFilter } from './public-ids.js';
import { Charge, Outcome, PayerKind } from './receipt.js';

type Given<Value> = Value | null | undefined;
export type UsageFilterInput = {
  connection?: Given<string>;
  provider?: Given<string>;
  operation?: Given<string>;
  workflow?: Given<string>;
  token?: Given<string>;
  outcome?: Given<OutcomeName>;
  charge?: Given<ChargeName>;
  payer?: Given<string>;
  sandbox?: Given<boolean>;
};
export type EntryFilterInput = UsageFilterInput & { from?: Given<Date>; to?: Given<Date> };

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

const sharedFields = (t: InputFields) => ({
  connection: t.id({ description: 'Paid by this connection.' }),
  provider: t.field({ type: ProviderName, description: 'Of this provider.' }),
  operation: t.field({ type: Operation, description: 'Of this kind.' }),
  workflow: t.string({ description: 'For this workflow.' }),
  token: t.id({ description: 'Asked with this token.' }),
  outcome: t.field({ type: Outcome, description: 'That ended so.' }),
  charge: t.field({ type: Charge, description: 'With this charge.' }),
  payer: t.field({ type: PayerKind, description: 'Paid by this kind of key.' }),
  sandbox: t.boolean({ description: 'Only the sandbox, or only the real thing.' }),
});

export const UsageFilter = builder.inputType('UsageFilter', {
  description: 'Which asks. What is left out does not narrow.',
  fields: sharedFields,
});

export const EntryFilter = builder.inputType('EntryFilter', {
  description: 'Which entries. What is left out does not narrow.',
  fields: (t) => ({
    from: t.field({ type: 'DateTime', description: 'From this instant on.' }),
    to: t.field({ type: 'DateTime', description: 'Before this instant.' }),
    ...sharedFields(t),
  }),
});

/** Puts a filter into the words of reports. Throws BAD_REQUEST for an id that cannot be one. */
export const readEntryFilter = (input: Given<EntryFilterInput>): EntryFilterShape => {
  const { connection, token, ...rest } = input ?? {};
  return { ...rest, connectionId: idOfFilter('connection', connection), tokenId: idOfFilter('token', token) };
};
