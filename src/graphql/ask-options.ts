import type { AskOptions as AskOptionsShape } from '../enrichment/request.js';
import { GatewayError } from '../errors.js';
import type { Country as CountryName } from '../providers/provider.js';
import { builder } from './builder.js';
import { Country } from './enums.js';
import { fromPublicId } from './public-ids.js';
import { readWorkflowName } from './workflow.js';

type Given<Value> = Value | null | undefined;
export type AskOptionsInput = {
  connection?: Given<string>;
  country?: Given<CountryName>;
  maxAge?: Given<number>;
  maxCredits?: Given<number>;
  workflow?: Given<string>;
};

export const AskOptions = builder.inputRef<AskOptionsInput>('AskOptions').implement({
  description: 'How to ask. All of it may be left out.',
  fields: (t) => ({
    connection: t.id({
      description:
        "The connection that pays. Without it: the request's X-Firmable-Key, else the default connection.",
    }),
    country: t.field({ type: Country, description: 'Whose regional figures are wanted; AU if left out.' }),
    maxAge: t.field({
      type: 'Duration',
      description: 'The oldest copy that will do (`30d`, `12h`); an older one is fetched again, for free.',
    }),
    maxCredits: t.int({
      description: 'The most this field may spend, lists included. 0: only what is already ours.',
    }),
    workflow: t.string({ description: 'The purpose of the spend, for the reports; goes before X-Workflow.' }),
  }),
});

/** Checks the options and puts them into the words of enrichment. Throws BAD_REQUEST. */
export const readAskOptions = (input: Given<AskOptionsInput>): AskOptionsShape => {
  const maxCredits = input?.maxCredits ?? null;
  if (maxCredits !== null && maxCredits < 0) {
    throw new GatewayError('BAD_REQUEST', 'maxCredits is below 0: send 0 to spend nothing, or leave it out.');
  }
  return {
    connectionId: readConnection(input?.connection),
    country: input?.country ?? null,
    maxAgeSeconds: input?.maxAge ?? null,
    maxCredits,
    workflow: readWorkflowOption(input?.workflow),
  };
};

const readConnection = (id: Given<string>): string | null =>
  id === null || id === undefined ? null : fromPublicId('connection', id);

const readWorkflowOption = (written: Given<string>): string | null => {
  if (written === null || written === undefined) return null;
  const workflow = readWorkflowName(written);
  if (workflow !== null) return workflow;
  throw new GatewayError('BAD_REQUEST', 'workflow must be 1 to 100 printable characters, such as crm-sync.');
};
