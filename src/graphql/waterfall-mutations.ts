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
  description: 'The complete state of a waterfall. An omitted field is reset to its default.',
  fields: (t) => ({
    id: t.id({
      description: 'The waterfall to change. Begins with wfl_. Without it a waterfall is created.',
    }),
    name: t.string({ required: true, description: 'The name, unique in the workspace.' }),
    steps: t.field({ type: [WaterfallStep], required: true, description: 'The steps, in order: 1 to 10.' }),
    defaultFor: t.field({
      type: WaterfallDefault,
      description: 'Makes it the default. It replaces the previous default.',
    }),
  }),
});

const WaterfallPayload = builder.objectRef<WithUserErrors<WaterfallShape>>('WaterfallPayload').implement({
  description: 'The result of a change to a waterfall.',
  fields: (t) => ({
    waterfall: t.field({
      type: Waterfall,
      description: 'The waterfall after the change; null if the change was refused.',
      resolve: ({ done }) => done,
    }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      nullable: false,
      description: 'Why the change was refused; empty if it was made.',
    }),
  }),
});

builder.mutationFields((t) => ({
  saveWaterfall: t.field({
    type: WaterfallPayload,
    nullable: false,
    description:
      'Creates or changes a waterfall. It applies from the next lookup. Requires the role ADMIN or MANAGER.',
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
    description: 'Deletes a waterfall. Lookups that name it are refused. Requires the role ADMIN or MANAGER.',
    args: { id: t.arg.id({ required: true, description: 'The waterfall. Begins with wfl_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      withUserErrors(async () => {
        const deleted = await deleteWaterfall(app, lookupRequest.caller, fromPublicId('waterfall', id));
        return { id: toPublicId('waterfall', deleted.id) };
      }),
  }),
}));
