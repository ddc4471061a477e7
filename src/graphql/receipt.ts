import type {
  Attempt as AttemptShape,
  Payer as PayerShape,
  Receipt as ReceiptShape,
} from '../enrichment/lookup-result.js';
import type { Charge as ChargeName, Outcome as OutcomeName } from '../ledger/types.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { toInt } from './credits.js';
import { ProblemCode, ProviderName } from './enums.js';
import { known } from './known-word.js';
import { toPublicId } from '../platform/public-ids.js';

const outcomes: Record<OutcomeName, { description: string }> = {
  FOUND: { description: 'Here it is.' },
  NOT_FOUND: { description: 'The provider has no such record; it charges nothing for that.' },
  REFUSED: { description: 'Not asked, or turned away: `problem` says why. Nothing was charged.' },
  FAILED: { description: 'Something broke; nothing was charged.' },
  UNKNOWN: { description: 'Nobody knows yet whether it was charged; asking again settles it for free.' },
};

export const Outcome = builder.enumType('Outcome', {
  description: 'How an ask ended.',
  values: outcomes,
});

const charges: Record<ChargeName, { description: string }> = {
  CHARGED: { description: 'The provider charged for it now.' },
  ALREADY_UNLOCKED: { description: 'The account had bought it before: free.' },
  FREE: { description: 'The operation costs nothing.' },
  NOT_FOUND: { description: 'Nothing was found, so nothing was charged.' },
  PRESUMED: { description: 'Counted as charged until it is known.' },
  NONE: { description: 'Nothing was asked that could be charged.' },
};

export const Charge = builder.enumType('Charge', {
  description: 'What an ask did to the account.',
  values: charges,
});

export const PayerKind = builder.enumType('PayerKind', {
  description: 'Whose key pays.',
  values: {
    CONNECTION: { description: 'A connection of this workspace.' },
    CALLER_KEY: { description: 'The key sent with the request.' },
    MANAGED: { description: "The operator's own key." },
  },
});

export const toPayerKind = known('payer', ['CONNECTION', 'CALLER_KEY', 'MANAGED'] as const);

export const Payer = builder.objectRef<PayerShape>('Payer').implement({
  description: 'Who paid, or would have.',
  fields: (t) => ({
    kind: t.field({
      type: PayerKind,
      nullable: false,
      description: 'Whose key.',
      resolve: (payer) => payer.kind,
    }),
    connection: t.field({
      type: Connection,
      description: 'The connection, where one paid.',
      resolve: (payer, _args, { loaders }) => loaders.connection(payer.connectionId),
    }),
  }),
});

const Attempt = builder.objectRef<AttemptShape>('Attempt').implement({
  description: 'One step of an ask: one question to one provider, or why it was not put.',
  fields: (t) => ({
    step: t.exposeInt('step', { nullable: false, description: 'Which step of the waterfall, from 1.' }),
    entryId: t.id({
      nullable: false,
      description:
        "Its ledger entry's id; begins with ent_. A refusal that could not be entered has none by it.",
      resolve: ({ entryId }) => toPublicId('entry', entryId),
    }),
    provider: t.expose('provider', { type: ProviderName, nullable: false, description: 'Who was asked.' }),
    connection: t.field({
      type: Connection,
      description: 'With whose key, where it was a connection.',
      resolve: (attempt, _args, { loaders }) => loaders.connection(attempt.connectionId),
    }),
    payer: t.expose('payer', {
      type: Payer,
      nullable: true,
      description: 'Who paid, or would have; null where it was turned away before that was decided.',
    }),
    outcome: t.expose('outcome', { type: Outcome, nullable: false, description: 'How it ended.' }),
    charge: t.expose('charge', { type: Charge, nullable: false, description: 'What it did to the account.' }),
    creditsCharged: t.int({
      nullable: false,
      description: 'What it cost.',
      resolve: (attempt) => toInt(attempt.creditsCharged),
    }),
    creditsSaved: t.int({
      nullable: false,
      description: 'What it would have cost, had it not been ours already.',
      resolve: (attempt) => toInt(attempt.creditsSaved),
    }),
    fromSnapshot: t.exposeBoolean('fromSnapshot', {
      nullable: false,
      description: 'Whether our copy answered, without asking the provider.',
    }),
    latencyMs: t.int({
      nullable: false,
      description: 'How long it took, in milliseconds.',
      resolve: (attempt) => Math.round(attempt.latencyMs),
    }),
    code: t.expose('code', {
      type: ProblemCode,
      nullable: true,
      description: 'Why it did not find, or did not suffice, for programs.',
    }),
    reason: t.exposeString('reason', {
      description: 'The same for people, or what the record lacks; null where nothing is missing.',
    }),
  }),
});

export const Receipt = builder.objectRef<ReceiptShape>('Receipt').implement({
  description: 'What an answer cost over all its steps, who paid, and which attempts were made.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description:
        "The id of its first step's ledger entry; begins with ent_. `entries(filter: {ask})` lists all of its steps.",
      resolve: (receipt) => toPublicId('entry', receipt.id),
    }),
    charge: t.expose('charge', { type: Charge, nullable: false, description: 'What it did to the account.' }),
    creditsCharged: t.int({
      nullable: false,
      description: 'Credits spent by this answer, all steps together.',
      resolve: (receipt) => toInt(receipt.creditsCharged),
    }),
    creditsSaved: t.int({
      nullable: false,
      description: 'Credits it would have cost, had it not been ours already.',
      resolve: (receipt) => toInt(receipt.creditsSaved),
    }),
    payer: t.expose('payer', {
      type: Payer,
      nullable: true,
      description: 'Who paid, or would have, for the step whose record this is, or that decided the answer.',
    }),
    provider: t.expose('provider', {
      type: ProviderName,
      nullable: true,
      description: 'Whose record it is.',
    }),
    fromSnapshot: t.exposeBoolean('fromSnapshot', {
      nullable: false,
      description: 'Whether it was answered from our copy, without asking the provider.',
    }),
    sandbox: t.exposeBoolean('sandbox', {
      nullable: false,
      description: 'Whether it came from the sandbox: invented data, no real credits.',
    }),
    unlockedAt: t.expose('unlockedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the record was bought.',
    }),
    fetchedAt: t.expose('fetchedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'How old the data is.',
    }),
    attempts: t.expose('attempts', {
      type: [Attempt],
      nullable: false,
      description: 'What was tried, in order.',
    }),
  }),
});
