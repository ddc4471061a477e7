import { deleteWaterfall } from '../waterfalls/delete-waterfall.js';
import { saveWaterfall } from '../waterfalls/save-waterfall.js';
import type { Waterfall as WaterfallShape } from '../waterfalls/waterfall.js';
import { builder } from './builder.js';
import { DeletePayload } from './connection-mutations.js';
import { UserError } from './problem.js';
import { fromPublicId, toPublicId } from '../platform/public-ids.js';
import { type WithUserErrors, withUserErrors } from './user-errors.js';
import { Waterfall, WaterfallDefault } from './waterfall.js';
import { readStep, WaterfallStep } from './waterfall-step.js';

const SaveWaterfallInput = builder.inputType('SaveWaterfallInput', {
  description: 'The whole state of a waterfall: what is left out of a change goes back to its default.',
  fields: (t) => ({
    id: t.id({ description: 'The waterfall to change; begins with wfl_. A new one is made without it.' }),
    name: t.string({ required: true, description: 'A name, unique in the workspace.' }),
    steps: t.field({ type: [WaterfallStep], required: true, description: 'Whom to try, in order: 1 to 10.' }),
    defaultFor: t.field({
      type: WaterfallDefault,
      description: 'Makes it the default, in the place of whichever was before.',
    }),
  }),
});

const WaterfallPayload = builder.objectRef<WithUserErrors<WaterfallShape>>('WaterfallPayload').implement({
  description: 'What became of a change to a waterfall.',
  fields: (t) => ({
    waterfall: t.field({
      type: Waterfall,
      description: 'The waterfall as it is now; null if the change was not made.',
      resolve: ({ done }) => done,
    }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      nullable: false,
      description: 'Why it was not made; empty when all is well.',
    }),
  }),
});

builder.mutationFields((t) => ({
  saveWaterfall: t.field({
    type: WaterfallPayload,
    nullable: false,
    description: 'Makes a waterfall, or changes one; asks go by it at once. For ADMIN and MANAGER.',
    args: { input: t.arg({ type: SaveWaterfallInput, required: true, description: 'The waterfall.' }) },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() =>
        saveWaterfall(app, lookupRequest.caller, {
          ...input,
          id: typeof input.id === 'string' ? fromPublicId('waterfall', input.id) : null,
          steps: input.steps.map(readStep),
        }),
      ),
  }),
  deleteWaterfall: t.field({
    type: DeletePayload,
    nullable: false,
    description: 'Deletes a waterfall. Asks that name it are refused from then on. For ADMIN and MANAGER.',
    args: { id: t.arg.id({ required: true, description: 'The waterfall; begins with wfl_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      withUserErrors(async () => {
        const deleted = await deleteWaterfall(app, lookupRequest.caller, fromPublicId('waterfall', id));
        return { id: toPublicId('waterfall', deleted.id) };
      }),
  }),
}));
