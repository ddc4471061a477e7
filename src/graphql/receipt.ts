import type {
  Attempt as AttemptShape,
  Payer as PayerShape,
  Receipt as ReceiptShape,
} from '../enrichment/lookup-result.js';
import type { Charge as ChargeName, Outcome as OutcomeName } from '../ledger/types.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { toInt } from './scalars.js';
import { IdentifierSource, ProblemCode, ProviderName, known } from './enums.js';
import { toPublicId } from '../access/public-ids.js';

const outcomes: Record<OutcomeName, { description: string }> = {
  FOUND: { description: 'The record was found.' },
  NOT_FOUND: { description: 'The provider has no such record. It charges nothing.' },
  REFUSED: {
    description:
      'The lookup was not sent, or the provider refused it. `problem` says why. Nothing was charged.',
  },
  FAILED: { description: 'The provider or the gateway failed. Nothing was charged.' },
  UNKNOWN: {
    description:
      'The provider may have charged. At Firmable, looking the record up again settles the charge for free.',
  },
};

export const Outcome = builder.enumType('Outcome', {
  description: 'The outcome of a lookup.',
  values: outcomes,
});

const charges: Record<ChargeName, { description: string }> = {
  CHARGED: { description: 'The provider charged for this lookup.' },
  ALREADY_UNLOCKED: { description: 'The account had unlocked the record: free.' },
  FREE: { description: 'The operation costs nothing.' },
  NOT_FOUND: { description: 'No record was found, so nothing was charged.' },
  PRESUMED: { description: 'A presumed charge: counted as charged until it is confirmed or reversed.' },
  NONE: { description: 'No call was made that could be charged.' },
};

export const Charge = builder.enumType('Charge', {
  description: 'What a lookup charged.',
  values: charges,
});

export const PayerKind = builder.enumType('PayerKind', {
  description: 'The kind of payer.',
  values: {
    CONNECTION: { description: 'A connection of this workspace.' },
    CALLER_KEY: { description: 'The key sent with the request.' },
    MANAGED: { description: "The managed account: the operator's key." },
  },
});

export const toPayerKind = known('payer', ['CONNECTION', 'CALLER_KEY', 'MANAGED'] as const);

export const Payer = builder.objectRef<PayerShape>('Payer').implement({
  description: 'Who paid, or would have paid.',
  fields: (t) => ({
    kind: t.field({
      type: PayerKind,
      nullable: false,
      description: 'The kind of payer.',
      resolve: (payer) => payer.kind,
    }),
    connection: t.field({
      type: Connection,
      description: 'The connection; null for other kinds of payer.',
      resolve: (payer, _args, { loaders }) => loaders.connection(payer.connectionId),
    }),
  }),
});

const Attempt = builder.objectRef<AttemptShape>('Attempt').implement({
  description: 'One step of a lookup: a query to one provider, or why it was not sent.',
  fields: (t) => ({
    step: t.exposeInt('step', {
      nullable: false,
      description: 'The step of the lookup, from 1, as its ledger entry has it.',
    }),
    entryId: t.id({
      nullable: false,
      description:
        'The id of its ledger entry. Begins with ent_. No entry has it if the ledger could not be written.',
      resolve: ({ entryId }) => toPublicId('entry', entryId),
    }),
    provider: t.expose('provider', { type: ProviderName, nullable: false, description: 'The provider.' }),
    connection: t.field({
      type: Connection,
      description: 'The connection that paid; null for other payers.',
      resolve: (attempt, _args, { loaders }) => loaders.connection(attempt.connectionId),
    }),
    payer: t.expose('payer', {
      type: Payer,
      nullable: true,
      description:
        'Who paid, or would have paid; null if the step was refused before the payer was resolved.',
    }),
    outcome: t.expose('outcome', { type: Outcome, nullable: false, description: 'The outcome.' }),
    charge: t.expose('charge', { type: Charge, nullable: false, description: 'The charge.' }),
    creditsCharged: t.int({
      nullable: false,
      description: 'The credits charged.',
      resolve: (attempt) => toInt(attempt.creditsCharged),
    }),
    creditsSaved: t.int({
      nullable: false,
      description: 'The credits saved, because the account had unlocked the record.',
      resolve: (attempt) => toInt(attempt.creditsSaved),
    }),
    fromSnapshot: t.exposeBoolean('fromSnapshot', {
      nullable: false,
      description: 'Whether a cached snapshot was served without calling the provider.',
    }),
    latencyMs: t.int({
      nullable: false,
      description: 'The duration in milliseconds.',
      resolve: (attempt) => Math.round(attempt.latencyMs),
    }),
    code: t.expose('code', {
      type: ProblemCode,
      nullable: true,
      description: 'Why the step found nothing or not enough, for programs; null if it did.',
    }),
    reason: t.exposeString('reason', {
      description: 'The same for people, or the missing fields; null if nothing is missing.',
    }),
    registrableDomain: t.exposeString('registrableDomain', {
      description:
        'The registrable domain that this step looked up, because the subdomain that was given was not found; null otherwise.',
    }),
  }),
});

export const Receipt = builder.objectRef<ReceiptShape>('Receipt').implement({
  description: 'What a lookup cost over all its steps, who paid, and which attempts were made.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description:
        'The id of the ledger entry of the first step. Begins with ent_. `entries(filter: {lookupId})` lists all steps.',
      resolve: (receipt) => toPublicId('entry', receipt.id),
    }),
    charge: t.expose('charge', { type: Charge, nullable: false, description: 'The charge.' }),
    creditsCharged: t.int({
      nullable: false,
      description: 'The credits charged by all steps.',
      resolve: (receipt) => toInt(receipt.creditsCharged),
    }),
    creditsSaved: t.int({
      nullable: false,
      description: 'The credits saved, because the account had unlocked the record.',
      resolve: (receipt) => toInt(receipt.creditsSaved),
    }),
    payer: t.expose('payer', {
      type: Payer,
      nullable: true,
      description: 'Who paid, or would have paid, for the step that decided the result.',
    }),
    provider: t.expose('provider', {
      type: ProviderName,
      nullable: true,
      description:
        'The provider of the step that decided the result. It was not called where the lookup was refused before.',
    }),
    fromSnapshot: t.exposeBoolean('fromSnapshot', {
      nullable: false,
      description: 'Whether a cached snapshot was served without calling the provider.',
    }),
    sandbox: t.exposeBoolean('sandbox', {
      nullable: false,
      description: 'Whether the data comes from the sandbox: invented records, no real credits.',
    }),
    unlockedAt: t.expose('unlockedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the record was unlocked; null if it was not.',
    }),
    fetchedAt: t.expose('fetchedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the data was fetched; null if there is none.',
    }),
    registrableDomain: t.exposeString('registrableDomain', {
      description:
        'The registrable domain that was looked up in the end, because the subdomain that was given was not found (option `registrableDomainOnMiss`); null otherwise. The record may be of a larger organization.',
    }),
    identifierSource: t.expose('identifierSource', {
      type: IdentifierSource,
      nullable: true,
      description:
        'How the gateway knew that the identifier leads to this record; null if there is no record. To look up again by an identifier that is not RESOLVED, set `maxAge`.',
    }),
    recordName: t.exposeString('recordName', {
      description: 'The name of the record; null if there is no record, or it has no name.',
    }),
    attempts: t.expose('attempts', {
      type: [Attempt],
      nullable: false,
      description: 'The attempts, in order.',
    }),
  }),
});
