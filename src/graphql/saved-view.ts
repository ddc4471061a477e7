import { fromPublicId, toPublicId } from '../access/public-ids.js';
import { deleteView } from '../saved-views/delete-view.js';
import { getView, listViews } from '../saved-views/read-views.js';
import { saveView } from '../saved-views/save-view.js';
import type { SavedView as SavedViewShape } from '../saved-views/saved-view.js';
import { builder } from './builder.js';
import { DeletePayload } from './connection-mutations.js';
import { listType, pageOfArguments, toList } from './list.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';
import { Token } from './token.js';

export const SavedView = builder.node(builder.objectRef<SavedViewShape>('SavedView'), {
  description: 'A named address of the dashboard: a page with its period, filters and groups.',
  id: { description: 'Begins with view_.', resolve: ({ id }) => id },
  loadOne: (id, { app, lookupRequest }) => getView(app, lookupRequest.caller, id),
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'The name, unique in the workspace.' }),
    address: t.exposeString('address', {
      nullable: false,
      description:
        "The page's path and query string, such as `/usage?groupBy=WORKFLOW`, relative to the address of the dashboard.",
    }),
    createdBy: t.field({
      type: Token,
      description: 'The token that created it.',
      resolve: ({ tokenId }, _args, { loaders }) => loaders.token(tokenId),
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was created.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When its address was last replaced.',
    }),
  }),
});

const SavedViewConnection = listType('SavedView', SavedView, 'saved views');

builder.queryFields((t) => ({
  savedViews: t.field({
    type: SavedViewConnection,
    nullable: false,
    description: 'The saved views of the workspace, oldest first.',
    args: {
      first: t.arg.int({ defaultValue: 100, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
    },
    resolve: async (_root, args, { app, lookupRequest }) =>
      toList(await listViews(app, lookupRequest.caller, pageOfArguments(args, 100)), args.after),
  }),
  savedView: t.field({
    type: SavedView,
    description: 'A saved view; null if the workspace does not have it.',
    args: { id: t.arg.id({ required: true, description: 'Begins with view_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      getView(app, lookupRequest.caller, fromPublicId('view', id)),
  }),
}));

const SavedViewPayload = builder.objectRef<WithUserErrors<SavedViewShape>>('SavedViewPayload').implement({
  description: 'The result of saving a view.',
  fields: (t) => ({
    view: t.field({
      type: SavedView,
      description: 'The view; null if it was not saved.',
      resolve: ({ done }) => done,
    }),
    userErrors: userErrorsField(t, 'Why it was not saved; empty if it was.'),
  }),
});

builder.mutationFields((t) => ({
  saveView: t.fieldWithInput({
    type: SavedViewPayload,
    nullable: false,
    description:
      'Creates a view, or replaces the address of the one with this name. Up to 100 views. Requires any role except VIEWER; the views of other tokens are replaced by an ADMIN only.',
    typeOptions: { description: 'A view.' },
    argOptions: { description: 'The view.' },
    input: {
      name: t.input.string({ required: true, description: 'The name, of 1 to 100 characters.' }),
      address: t.input.string({
        required: true,
        description:
          'Path and query string of a page of the dashboard, without its origin, of at most 4,000 characters. Pages whose address may name a person (records, enrich) cannot be saved.',
      }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() => saveView(app, lookupRequest.caller, input)),
  }),
  deleteView: t.field({
    type: DeletePayload,
    nullable: false,
    description: 'Deletes a view of the same token, or any if the role is ADMIN.',
    args: { id: t.arg.id({ required: true, description: 'The view. Begins with view_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      withUserErrors(async () => {
        const deleted = await deleteView(app, lookupRequest.caller, fromPublicId('view', id));
        return { id: toPublicId('view', deleted.id) };
      }),
  }),
}));
