import { and, eq, sql } from 'drizzle-orm';
import * as z from 'zod';
import { savedViews, workspaces } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { authorize, type Caller } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { label, parseInput } from '../platform/parse-input.js';
import { redactMarked } from '../platform/redact-credentials.js';
import { authorizeView, factsOfView, isView, type SavedView, viewColumns } from './saved-view.js';

export type SaveViewInput = {
  name: string;
  /** Path and query string of a page, without the origin: `/usage?groupBy=WORKFLOW`. */
  address: string;
};

/**
 * Creates a view, or replaces the address of the one with this name, which stays its creator's. Throws FORBIDDEN, also for
 * the name of another token's view unless the caller may manage those, or INVALID_INPUT with the invalid field.
 */
export const saveView = async (
  { database }: { database: Database },
  caller: Caller,
  input: SaveViewInput,
): Promise<SavedView> => {
  authorize(caller, 'saveViews');
  const { name, address } = parseInput(inputSchema, input);
  const { workspaceId } = caller;
  return await database.db.transaction(async (tx) => {
    // One at a time: the name is unique, and the views are counted.
    await tx
      .select({ locked: sql`1` })
      .from(workspaces)
      .where(eq(workspaces.id, workspaceId))
      .for('no key update');
    const [before] = await tx
      .select(viewColumns)
      .from(savedViews)
      .where(and(eq(savedViews.workspaceId, workspaceId), eq(savedViews.name, name)))
      .for('no key update');
    if (before !== undefined) authorizeView(caller, before);
    const after =
      before === undefined
        ? await create(tx, caller, name, address)
        : await replace(tx, caller, before, address);
    await recordChange(tx, caller, {
      action: 'view.save',
      subject: toPublicId('view', after.id),
      before: before === undefined ? null : factsOfView(before),
      after: factsOfView(after),
    });
    return after;
  });
};

type Tx = Pick<Drizzle, 'insert' | 'update' | '$count'>;

const viewsMax = 100;

const create = async (tx: Tx, caller: Caller, name: string, address: string): Promise<SavedView> => {
  const { workspaceId, tokenId } = caller;
  if ((await tx.$count(savedViews, eq(savedViews.workspaceId, workspaceId))) >= viewsMax) {
    throw new GatewayError(
      'INVALID_INPUT',
      `A workspace has at most ${viewsMax} views: delete or replace one of them.`,
    );
  }
  return written(
    await tx
      .insert(savedViews)
      .values({ workspaceId, id: newId(), name, address, tokenId })
      .returning(viewColumns),
  );
};

const replace = async (tx: Tx, { workspaceId }: Caller, { id }: SavedView, address: string) =>
  written(
    await tx
      .update(savedViews)
      .set({ address, updatedAt: sql`now()` })
      .where(isView(workspaceId, id))
      .returning(viewColumns),
  );

const written = ([row]: SavedView[]): SavedView => {
  if (row === undefined) throw new Error('a view was not written under its lock');
  return row;
};

/** The pages whose addresses have no personal data. Those of Records and Enrich may name a person. */
const pages = [
  '/',
  '/usage',
  '/usage/entries',
  '/connections',
  '/waterfalls',
  '/budgets',
  '/alerts',
  '/access',
  '/audit-log',
  '/settings',
];

const charactersMax = 4_000;
const addressFault = `The address must be one of ${pages.join(', ')}, with a query string if needed, of at most ${charactersMax} characters: write it as /usage?groupBy=WORKFLOW.`;

/** Characters of a query string by RFC 3986; the dashboard encodes all others. */
const shape = /^(\/[a-z/-]*)(?:\?([A-Za-z0-9\-._~!$&'()*+,;=:@/?%]*))?$/;

const isPage = (address: string): boolean => {
  const [, path, query = ''] = shape.exec(address) ?? [];
  if (path === undefined || !pages.includes(path)) return false;
  const text = decoded(query);
  return text !== null && !/\p{Cc}/u.test(text);
};

/** Null where an escape is malformed. */
const decoded = (query: string): string | null => {
  try {
    return decodeURIComponent(query);
  } catch {
    return null;
  }
};

/** Also for escaped ones. */
const hasNoCredential = (given: string): boolean => {
  const text = decoded(given) ?? given;
  return redactMarked(text) === text;
};

const inputSchema = z.object({
  name: label('name').refine(hasNoCredential, 'The name has a key or token in it: choose another.'),
  address: z
    .string(addressFault)
    .max(charactersMax, addressFault)
    .refine(isPage, addressFault)
    .refine(hasNoCredential, 'The address has a key or token in it: remove it.'),
});
