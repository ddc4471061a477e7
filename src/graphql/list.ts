import type { ObjectRef } from '@pothos/core';
import type { Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import type { Listed, Page } from '../platform/page.js';
import { builder } from './builder.js';
import type { GatewayContext } from './context.js';

type Types = typeof builder.$inferSchemaTypes;
type Edge<Item> = { cursor: string; node: Item };

// Not the connections of Pothos' relay plugin: they add the arguments `before` and `last`, which our lists do not
// support, and our types, their descriptions and `totalCount` would need a function like this one all the same.

/** A page of items with their cursors. */
export type ListShape<Item> = {
  items: readonly Item[];
  cursors: readonly string[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  totalCount: () => Promise<number | null>;
};

/** A module's page as a list, given the cursor that it began after. */
export const toList = <Item>(listed: Listed<Item>, after: string | null | undefined): ListShape<Item> => ({
  ...listed,
  hasPreviousPage: typeof after === 'string',
});

/** Reads a page of a long list, and its count, when it is their turn among the reports. */
export const readLongList = async <Item>(
  { app, lookupRequest: { caller } }: GatewayContext,
  read: (deps: { database: Database }, caller: Caller) => Promise<Listed<Item>>,
): Promise<Listed<Item>> => {
  const listed = await app.runReport(caller, (deps) => read(deps, caller));
  return { ...listed, totalCount: () => app.runReport(caller, listed.totalCount) };
};

type PageArguments = { first?: number | null | undefined; after?: string | null | undefined };

/** The page of a list's arguments; null means the default, as an omitted argument does. */
export const pageOfArguments = (args: PageArguments, firstDefault: number): Page => ({
  first: args.first ?? firstDefault,
  after: args.after ?? null,
});

const PageInfo = builder.objectRef<ListShape<unknown>>('PageInfo').implement({
  description: 'The position of a page in its list.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', {
      nullable: false,
      description: 'Whether more items follow.',
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      nullable: false,
      description: 'Whether items precede this page.',
    }),
    startCursor: t.string({
      description: 'The cursor of the first item.',
      resolve: (list) => list.cursors[0],
    }),
    endCursor: t.string({
      description: 'The cursor of the last item. Pass it as `after` to get the next page.',
      resolve: (list) => list.cursors.at(-1),
    }),
  }),
});

/** Makes the list type of a noun, a Relay connection: edges, nodes, pageInfo and totalCount. */
export const listType = <Item, List extends ListShape<Item> = ListShape<Item>>(
  name: string,
  node: ObjectRef<Types, Item>,
  what: string,
) => {
  const ListEdge = edgeType(name, node, what);
  return builder.objectRef<List>(`${name}Connection`).implement({
    description: `A page of ${what}.`,
    fields: (t) => ({
      edges: t.field({
        type: [ListEdge],
        nullable: false,
        description: 'The items with their cursors.',
        resolve: edgesOf,
      }),
      nodes: t.field({
        type: [node],
        nullable: false,
        description: 'The items.',
        // Pothos derives the shape of an item from the type parameter, which is generic here.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        resolve: (list) => list.items as never,
      }),
      pageInfo: t.field({
        type: PageInfo,
        nullable: false,
        description: 'The position of the page in the list.',
        resolve: (list) => list,
      }),
      totalCount: t.int({
        description: 'The number of items in all pages.',
        resolve: (list) => list.totalCount(),
      }),
    }),
  });
};

const edgeType = <Item>(name: string, node: ObjectRef<Types, Item>, what: string) =>
  builder.objectRef<Edge<Item>>(`${name}Edge`).implement({
    description: `One of ${what}, with its cursor.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        nullable: false,
        description: 'The position of the item in the list.',
      }),
      node: t.field({
        type: node,
        nullable: false,
        description: 'The item.',
        // As above.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        resolve: (edge) => edge.node as never,
      }),
    }),
  });

const edgesOf = <Item>(list: ListShape<Item>): Edge<Item>[] =>
  list.items.map((node, index) => ({ cursor: list.cursors[index] ?? '', node }));
