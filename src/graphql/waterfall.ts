import type { RecordField as Field } from '../providers/provider.js';
import type { ProviderName as Provider } from '../providers/catalogue.js';
import type { Step } from '../waterfalls/step.js';
import { fromPublicId, toPublicId } from '../access/public-ids.js';
import { getWaterfall, listWaterfalls } from '../waterfalls/read-waterfalls.js';
import type { Waterfall as WaterfallShape, WaterfallDefault as Default } from '../waterfalls/waterfall.js';
import { deleteWaterfall } from '../waterfalls/delete-waterfall.js';
import { saveWaterfall } from '../waterfalls/save-waterfall.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { ProviderName, RecordField } from './enums.js';
import { listType, pageOfArguments, toList } from './list.js';
import { DeletePayload } from './connection-mutations.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';

type Given<Value> = Value | null | undefined;
export type WaterfallStepInput = {
  provider?: Given<Provider>;
  connection?: Given<string>;
  require?: Given<Field[]>;
};

export const WaterfallStep = builder.inputRef<WaterfallStepInput>('WaterfallStep').implement({
  description: 'One step of a waterfall: a provider, a connection, or both.',
  fields: (t) => ({
    provider: t.field({
      type: ProviderName,
      description: 'The provider; if omitted, that of the connection.',
    }),
    connection: t.id({
      description: 'The connection that pays for this step; if omitted, the payer of the lookup.',
    }),
    require: t.field({
      type: [RecordField],
      description: 'Required fields. If one is missing, later steps fill it in.',
    }),
  }),
});

/** A step for the waterfalls module, which checks it. */
export const readStep = ({ provider, connection, require }: WaterfallStepInput) => ({
  provider,
  connectionId: typeof connection === 'string' ? fromPublicId('connection', connection) : null,
  require,
});

export const SavedWaterfallStep = builder.objectRef<Step>('SavedWaterfallStep').implement({
  description: 'One step of a saved waterfall.',
  fields: (t) => ({
    provider: t.expose('provider', { type: ProviderName, nullable: true, description: 'The provider.' }),
    connection: t.field({
      type: Connection,
      description: 'The connection that pays; null for the payer of the lookup.',
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId),
    }),
    require: t.expose('require', {
      type: [RecordField],
      nullable: false,
      description: 'Required fields.',
    }),
  }),
});

export const WaterfallDefault = builder.enumType('WaterfallDefault', {
  description:
    'The lookups that a default waterfall applies to, if they name neither a connection nor a waterfall.',
  values: {
    COMPANIES: { description: 'Lookups of companies.' },
    PEOPLE: { description: 'Lookups of people.' },
  } satisfies Record<Default, { description: string }>,
});

export const Waterfall = builder.node(builder.objectRef<WaterfallShape>('Waterfall'), {
  description: 'A named list of providers to try in order.',
  id: { description: 'Begins with wfl_.', resolve: ({ id }) => id },
  loadOne: (id, { app, lookupRequest }) => getWaterfall(app, lookupRequest.caller, id),
  fields: (t) => ({
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

const WaterfallPayload = builder.objectRef<WithUserErrors<WaterfallShape>>('WaterfallPayload').implement({
  description: 'The result of a change to a waterfall.',
  fields: (t) => ({
    waterfall: t.field({
      type: Waterfall,
      description: 'The waterfall after the change; null if the change was refused.',
      resolve: ({ done }) => done,
    }),
    userErrors: userErrorsField(t, 'Why the change was refused; empty if it was made.'),
  }),
});

builder.mutationFields((t) => ({
  saveWaterfall: t.fieldWithInput({
    type: WaterfallPayload,
    nullable: false,
    description:
      'Creates or changes a waterfall. It applies from the next lookup. Requires the role ADMIN or MANAGER.',
    typeOptions: {
      description: 'The complete state of a waterfall. An omitted field is reset to its default.',
    },
    argOptions: { description: 'The waterfall.' },
    input: {
      id: t.input.id({
        description: 'The waterfall to change. Begins with wfl_. Without it a waterfall is created.',
      }),
      name: t.input.string({ required: true, description: 'The name, unique in the workspace.' }),
      steps: t.input.field({
        type: [WaterfallStep],
        required: true,
        description: 'The steps, in order: 1 to 10.',
      }),
      defaultFor: t.input.field({
        type: WaterfallDefault,
        description: 'Makes it the default. It replaces the previous default.',
      }),
    },
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
