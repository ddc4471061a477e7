import { getWaterfall, listWaterfalls } from '../waterfalls/read-waterfalls.js';
import type { Waterfall as WaterfallShape, WaterfallDefault as Default } from '../waterfalls/waterfall.js';
import { builder } from './builder.js';
import { listType, pageOfArguments, toList } from './list.js';
import { Node } from './node.js';
import { fromPublicId, toPublicId } from '../platform/public-ids.js';
import { SavedWaterfallStep } from './waterfall-step.js';

export const WaterfallDefault = builder.enumType('WaterfallDefault', {
  description:
    'The lookups that a default waterfall applies to, if they name neither a connection nor a waterfall.',
  values: {
    COMPANIES: { description: 'Lookups of companies.' },
    PEOPLE: { description: 'Lookups of people.' },
  } satisfies Record<Default, { description: string }>,
});

export const Waterfall = builder.objectRef<WaterfallShape>('Waterfall').implement({
  description: 'A named list of providers to try in order.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with wfl_.',
      resolve: ({ id }) => toPublicId('waterfall', id),
    }),
    name: t.exposeString('name', {
      nullable: false,
      description: 'The name, unique in the workspace. LookupOptions.waterfallName refers to it.',
    }),
    steps: t.expose('steps', {
      type: [SavedWaterfallStep],
      nullable: false,
      description: 'The steps, in order.',
    }),
    defaultFor: t.expose('defaultFor', {
      type: WaterfallDefault,
      nullable: true,
      description: 'What it is the default for; null if nothing.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was created.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was last changed.',
    }),
  }),
});

const WaterfallConnection = listType('Waterfall', Waterfall, 'waterfalls');

builder.queryFields((t) => ({
  waterfalls: t.field({
    type: WaterfallConnection,
    nullable: false,
    description: 'The waterfalls of the workspace, oldest first.',
    args: {
      first: t.arg.int({ defaultValue: 25, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
    },
    resolve: async (_root, args, { app, lookupRequest }) =>
      toList(await listWaterfalls(app, lookupRequest.caller, pageOfArguments(args, 25)), args.after),
  }),
  waterfall: t.field({
    type: Waterfall,
    description: 'A waterfall; null if the workspace does not have it.',
    args: { id: t.arg.id({ required: true, description: 'Begins with wfl_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      getWaterfall(app, lookupRequest.caller, fromPublicId('waterfall', id)),
  }),
}));
