import type { Chargeback as Share } from '../usage/read-chargeback.js';
import type { UsageRow as Row } from '../usage/read-usage.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { toInt } from './credits.js';
import { Operation, ProviderName, toOperation, toProviderName } from './enums.js';
import { Outcome, PayerKind, toPayerKind } from './receipt.js';
import { Token } from './token.js';
import { totalsFields } from './usage-totals.js';

const Chargeback = builder.objectRef<Share>('Chargeback').implement({
  description:
    "The share of a workflow. The credits of all workflows add up to the period's creditsCharged, and their remainders to 0.",
  fields: (t) => ({
    credits: t.int({
      nullable: false,
      description: 'The share in whole credits, by the largest remainder.',
      resolve: ({ credits }) => toInt(credits),
    }),
    share: t.exposeFloat('share', { nullable: false, description: 'The exact share, to six decimals.' }),
    remainder: t.exposeFloat('remainder', {
      nullable: false,
      description: 'share minus credits: what rounding removed; negative if it added.',
    }),
  }),
});

export const UsageRow = builder.objectRef<Row>('UsageRow').implement({
  description:
    'One group. Labels that the report is not grouped by are null, as are labels that the lookups do not have.',
  fields: (t) => ({
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: true,
      description: "When the hour, day, week or month starts in the report's time zone.",
    }),
    connection: t.field({
      type: Connection,
      description: 'The connection that paid, even if deleted; null if no connection did.',
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId),
    }),
    provider: t.field({
      type: ProviderName,
      description: 'The provider.',
      resolve: ({ provider }) => (provider === null ? null : toProviderName(provider)),
    }),
    operation: t.field({
      type: Operation,
      description: 'The operation.',
      resolve: ({ operation }) => (operation === null ? null : toOperation(operation)),
    }),
    workflow: t.exposeString('workflow', { description: 'The workflow.' }),
    token: t.field({
      type: Token,
      description: 'The token of the request.',
      resolve: ({ tokenId }, _args, { loaders }) => loaders.token(tokenId),
    }),
    outcome: t.expose('outcome', {
      type: Outcome,
      nullable: true,
      description: 'The outcome of the attempts.',
    }),
    payer: t.field({
      type: PayerKind,
      description: 'The kind of payer.',
      resolve: ({ payer }) => (payer === null ? null : toPayerKind(payer)),
    }),
    ...totalsFields(t),
    chargeback: t.expose('chargeback', {
      type: Chargeback,
      nullable: true,
      description: 'The share of the workflow; null unless `chargeback` is true.',
    }),
  }),
});
