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
    "What a workflow bears. The credits of all workflows add up to the period's creditsCharged, their remainders to nothing.",
  fields: (t) => ({
    credits: t.int({
      nullable: false,
      description:
        'In whole credits: the share without its fraction, and one more for those with the largest fractions.',
      resolve: ({ credits }) => toInt(credits),
    }),
    share: t.exposeFloat('share', { nullable: false, description: 'The exact share, to six decimals.' }),
    remainder: t.exposeFloat('remainder', {
      nullable: false,
      description: 'share less credits: what rounding took off; below 0, what it put on.',
    }),
  }),
});

export const UsageRow = builder.objectRef<Row>('UsageRow').implement({
  description:
    'One group. Labels that were not grouped by are null, and so are those that the lookups did not have.',
  fields: (t) => ({
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the hour, day, week or month begins in the time zone asked for.',
    }),
    connection: t.field({
      type: Connection,
      description: 'The connection that paid, also if it was deleted since.',
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId),
    }),
    provider: t.field({
      type: ProviderName,
      description: 'The provider.',
      resolve: ({ provider }) => (provider === null ? null : toProviderName(provider)),
    }),
    operation: t.field({
      type: Operation,
      description: 'What was asked.',
      resolve: ({ operation }) => (operation === null ? null : toOperation(operation)),
    }),
    workflow: t.exposeString('workflow', { description: 'The purpose, as the callers named it.' }),
    token: t.field({
      type: Token,
      description: 'The token it was asked with.',
      resolve: ({ tokenId }, _args, { loaders }) => loaders.token(tokenId),
    }),
    outcome: t.expose('outcome', { type: Outcome, nullable: true, description: 'How the attempts ended.' }),
    payer: t.field({
      type: PayerKind,
      description: 'Whose key paid.',
      resolve: ({ payer }) => (payer === null ? null : toPayerKind(payer)),
    }),
    ...totalsFields(t),
    chargeback: t.expose('chargeback', {
      type: Chargeback,
      nullable: true,
      description: 'What the workflow bears, if it was asked for.',
    }),
  }),
});
