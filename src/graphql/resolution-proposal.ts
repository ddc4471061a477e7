import type { Proposal } from '../balances/propose-resolutions.js';
import { BalanceReading } from './balance.js';
import { builder } from './builder.js';
import { toInt } from './scalars.js';

const toIntOrNull = (credits: bigint | null): number | null => (credits === null ? null : toInt(credits));

export const ResolutionProposal = builder.objectRef<Proposal>('ResolutionProposal').implement({
  description:
    'What the balance that the provider reports implies about a presumed charge. It compares two readings with the ledger: the balance fell by what other calls cost, by what this gateway does not know, and by the presumed charges that were made.',
  fields: (t) => ({
    charged: t.exposeBoolean('charged', {
      description: 'Whether the provider charged; null if the readings imply nothing certain.',
    }),
    message: t.exposeString('message', {
      nullable: false,
      description: 'The reason, and what it assumes.',
    }),
    readingBefore: t.expose('readingBefore', {
      type: BalanceReading,
      nullable: true,
      description:
        'The last reading before the call at a time when no call of the account was in flight; null if there is none within 31 days.',
    }),
    readingAfter: t.expose('readingAfter', {
      type: BalanceReading,
      nullable: true,
      description: 'The first such reading after the call. The gateway makes it within minutes.',
    }),
    balanceFell: t.int({
      description: 'The credits by which the balance fell between the readings; negative if it rose.',
      resolve: ({ balanceFell }) => toIntOrNull(balanceFell),
    }),
    gatewaySpend: t.int({
      description: 'The credits that other calls of this gateway cost between the readings.',
      resolve: ({ gatewaySpend }) => toIntOrNull(gatewaySpend),
    }),
    presumedCount: t.exposeInt('presumedCount', {
      description: 'The presumed charges between the readings, this one included.',
    }),
    presumedCredits: t.int({
      description: 'Their credits.',
      resolve: ({ presumedCredits }) => toIntOrNull(presumedCredits),
    }),
  }),
});

export const ProposedResolution = builder.enumType('ProposedResolution', {
  description: 'What a proposal says.',
  values: {
    CHARGED: { description: 'The provider charged.' },
    NOT_CHARGED: { description: 'The provider did not charge.' },
  },
});
