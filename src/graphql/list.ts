import type { FieldRef, ObjectRef } from '@pothos/core';
import type { Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { instantOfCursor, type Listed, type Page } from '../platform/page.js';
import { builder } from './builder.js';
import { type GatewayContext, readReport } from './context.js';

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

/** A page of a long list. It has every change before `asOf`. */
export type LongListShape<Item> = ListShape<Item> & { asOf: Date };

/** A module's page as a list, given the cursor that it began after. */
export const toList = <Item>(
  listed: Listed<Item, number | null>,
  after: string | null | undefined,
): ListShape<Item> => ({
  ...listed,
  hasPreviousPage: typeof after === 'string',
});

/**
 * Reads a page of a long list, and its count, when it is their turn among the reports. A page behind a row that the
 * standby has not replayed yet is read from the primary, and so is every page of a list that needs what is written now.
 */
export const readLongList = async <Item>(
  context: GatewayContext,
  after: string | null | undefined,
  read: (deps: { database: Database }, caller: Caller) => Promise<Listed<Item, number | null>>,
  { primary = false }: { primary?: boolean } = {},
): Promise<LongListShape<Item>> => {
  const { caller } = context.lookupRequest;
  const notBefore = primary ? context.app.clock.now() : instantOfCursor(after ?? null);
  const page = await readReport(
    context,
    async (deps) => ({ ...(await read(deps, caller)), asOf: deps.asOf }),
    { notBefore },
  );
  return {
    ...toList(page, after),
    asOf: page.asOf,
    // The server that the page came from may be gone.
    totalCount: () =>
      readReport(
        context,
        async (deps) => (await read(deps, caller)).totalCount(),
        primary ? { notBefore } : {},
      ),
  };
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

type ListFields<List> = (
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, List>,
) => Record<string, FieldRef<Types>>;

/** Makes the list type of a long list, which readLongList reads. */
export const longListType = <Item>(name: string, node: ObjectRef<Types, Item>, what: string) =>
  listType<Item, LongListShape<Item>>(name, node, what, (t) => ({
    asOf: t.field({
      type: 'DateTime',
      nullable: false,
      description:
        'The page includes every change before this instant. Later ones may be missing where a standby is read. A list that is read in pages is complete up to the earliest `asOf` of its pages.',
      resolve: ({ asOf }) => asOf,
    }),
  }));

/** Makes the list type of a noun, a Relay connection: edges, nodes, pageInfo and totalCount. */
export const listType = <Item, List extends ListShape<Item> = ListShape<Item>>(
  name: string,
  node: ObjectRef<Types, Item>,
  what: string,
  more: ListFields<List> = () => ({}),
) => {
  const ListEdge = edgeType(name, node, what);
  return builder.objectRef<List>(`${name}Connection`).implement({
    description: `A page of ${what}.`,
    fields: (t) => ({
      ...more(t),
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
        description:
          'The number of items in all pages; null where counting them would take too long, as of a search that finds most records.',
        // A page that is the whole list is its count.
        resolve: (list) => (list.hasPreviousPage || list.hasNextPage ? list.totalCount() : list.items.length),
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
