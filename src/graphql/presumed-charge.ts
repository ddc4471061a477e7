import { fromPublicId } from '../access/public-ids.js';
import { type ChargeDecision as Decision, decidePresumedCharge } from '../ledger/decide-presumed-charge.js';
import { getEntry } from '../usage/entry.js';
import { builder } from './builder.js';
import { Entry } from './entry.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';

const meanings: Record<Decision, { description: string }> = {
  CHARGED: { description: 'The provider charged the presumed credits.' },
  NOT_CHARGED: { description: 'The provider charged nothing. The credits are returned to the budgets.' },
};

const ChargeDecision = builder.enumType('ChargeDecision', {
  description: 'The decision about a presumed charge.',
  values: meanings,
});

const DecidePayload = builder
  .objectRef<WithUserErrors<{ correctionId: string }>>('DecidePresumedChargePayload')
  .implement({
    description: 'The result of a decision about a presumed charge.',
    fields: (t) => ({
      correction: t.field({
        type: Entry,
        description: 'The correcting entry; null if the decision was refused.',
        resolve: ({ done }, _args, { app, lookupRequest }) =>
          done == null ? null : getEntry(app, lookupRequest.caller, done.correctionId),
      }),
      userErrors: userErrorsField(t, 'Why the decision was refused; empty if it was recorded.'),
    }),
  });

builder.mutationField('decidePresumedCharge', (t) =>
  t.fieldWithInput({
    type: DecidePayload,
    nullable: false,
    description:
      'Resolves a presumed charge of a provider that charges for every fetch, where no other lookup can prove it: compare it with the usage that the provider shows. Writes a correcting entry with the token and the reason. Requires the role ADMIN.',
    typeOptions: { description: 'A decision about a presumed charge.' },
    argOptions: { description: 'The decision.' },
    input: {
      entry: t.input.id({
        required: true,
        description: 'The entry with the charge PRESUMED. Begins with ent_.',
      }),
      decision: t.input.field({ type: ChargeDecision, required: true, description: 'The decision.' }),
      reason: t.input.string({ required: true, description: 'Why, up to 100 characters. Name no person.' }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() =>
        decidePresumedCharge(app, lookupRequest.caller, {
          entryId: fromPublicId('entry', input.entry),
          decision: input.decision,
          reason: input.reason,
        }),
      ),
  }),
);
