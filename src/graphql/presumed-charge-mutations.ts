import { fromPublicId } from '../access/public-ids.js';
import { GatewayError } from '../errors.js';
import {
  type ResolvedCharges,
  resolvePresumedCharge,
  resolvePresumedCharges,
} from '../ledger/resolve-charges.js';
import { getEntry } from '../usage/entry.js';
import { builder } from './builder.js';
import { Entry } from './entry.js';
import { PresumedChargeFilter, readChargeFilter } from './presumed-charge.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';
import { toInt } from './scalars.js';

const ResolvePayload = builder
  .objectRef<WithUserErrors<{ correctionId: string }>>('ResolvePresumedChargePayload')
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

const ResolveManyPayload = builder
  .objectRef<WithUserErrors<ResolvedCharges>>('ResolvePresumedChargesPayload')
  .implement({
    description:
      'The result of a decision about all presumed charges of a filter. All counts are 0 if it was refused.',
    fields: (t) => ({
      resolvedCount: t.int({
        nullable: false,
        description: 'The charges that this call resolved, up to 1,000.',
        resolve: ({ done }) => done?.resolved ?? 0,
      }),
      creditsConfirmed: t.int({
        nullable: false,
        description: 'Their credits that stay counted, because they were charged.',
        resolve: ({ done }) => toInt(done?.charged === true ? done.credits : 0n),
      }),
      creditsReturned: t.int({
        nullable: false,
        description: 'Their credits that were returned to the budgets, because they were not charged.',
        resolve: ({ done }) => toInt(done?.charged === false ? done.credits : 0n),
      }),
      inFlightCount: t.int({
        nullable: false,
        description: 'The charges that were left, because a lookup in flight is about to prove them.',
        resolve: ({ done }) => done?.inFlight ?? 0,
      }),
      remainingCount: t.int({
        nullable: false,
        description: 'The charges of the filter that are still presumed: above 0, repeat the call.',
        resolve: ({ done }) => done?.remaining.count ?? 0,
      }),
      remainingCredits: t.int({
        nullable: false,
        description: 'Their credits.',
        resolve: ({ done }) => toInt(done?.remaining.credits ?? 0n),
      }),
      userErrors: userErrorsField(t, 'Why the decision was refused; empty if it was recorded.'),
    }),
  });

/** To decide against what is proposed is possible for charges that are selected in another way. */
const otherThanProposed = (proposed: 'CHARGED' | 'NOT_CHARGED'): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    `The filter selects charges that are proposed as ${proposed}: set charged to ${String(proposed === 'CHARGED')}.`,
    { field: ['charged'] },
  );

const decision = {
  charged:
    'true: the provider charged, and the credits stay counted. false: it did not, and they are returned.',
  reason: 'Why, up to 100 characters. Name no person.',
};

builder.mutationFields((t) => ({
  resolvePresumedCharge: t.fieldWithInput({
    type: ResolvePayload,
    nullable: false,
    description:
      'Resolves a presumed charge by decision: compare it with the usage that the provider shows. Writes a correcting entry with the token and the reason. A repeated decision returns the correction that exists; another one is refused. Requires the role ADMIN.',
    typeOptions: { description: 'A decision about a presumed charge.' },
    argOptions: { description: 'The decision.' },
    input: {
      id: t.input.id({
        required: true,
        description: 'The presumed charge: the id of its entry, which begins with ent_.',
      }),
      charged: t.input.boolean({ required: true, description: decision.charged }),
      reason: t.input.string({ required: true, description: decision.reason }),
    },
    resolve: (_root, { input: { id, charged, reason } }, { app, lookupRequest }) =>
      withUserErrors(() =>
        resolvePresumedCharge(app, lookupRequest.caller, {
          entryId: fromPublicId('entry', id),
          charged,
          reason,
        }),
      ),
  }),
  resolvePresumedCharges: t.fieldWithInput({
    type: ResolveManyPayload,
    nullable: false,
    description:
      'Resolves all presumed charges that match, oldest first, up to 1,000 in a call: such as those of an outage. Repeating it resolves what remains, and nothing twice. Requires the role ADMIN.',
    typeOptions: { description: 'A decision about presumed charges.' },
    argOptions: { description: 'The decision.' },
    input: {
      filter: t.input.field({
        type: PresumedChargeFilter,
        required: true,
        description: 'Selects the charges. An empty filter selects all of the workspace.',
      }),
      charged: t.input.boolean({ required: true, description: decision.charged }),
      reason: t.input.string({ required: true, description: decision.reason }),
    },
    resolve: (_root, { input: { filter, charged, reason } }, context) =>
      withUserErrors(async () => {
        const { app, lookupRequest } = context;
        const { proposed } = filter;
        if (proposed != null && (proposed === 'CHARGED') !== charged) throw otherThanProposed(proposed);
        return await resolvePresumedCharges(app, lookupRequest.caller, {
          filter: await readChargeFilter(context, filter),
          charged,
          reason,
        });
      }),
  }),
}));
