import { and, eq, type InferSelectModel, type SQL } from 'drizzle-orm';
import { savedViews } from '../../schema/tables/index.js';
import type { Facts } from '../access/audit-facts.js';
import { authorize, type Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';

/** A named address of the dashboard. `tokenId` is the token that created it. */
export type SavedView = Omit<InferSelectModel<typeof savedViews>, 'workspaceId'>;

export const viewColumns = {
  id: savedViews.id,
  name: savedViews.name,
  address: savedViews.address,
  tokenId: savedViews.tokenId,
  createdAt: savedViews.createdAt,
  updatedAt: savedViews.updatedAt,
} as const;

/** What the audit log says of a view. */
export const factsOfView = ({ name, address }: SavedView): Facts => ({ name, address });

export const isView = (workspaceId: string, id: string): SQL | undefined =>
  and(eq(savedViews.workspaceId, workspaceId), eq(savedViews.id, id));

/** Throws FORBIDDEN unless the caller created the view, or may manage those of others. */
export const authorizeView = (caller: Caller, { tokenId }: SavedView): void => {
  if (tokenId !== caller.tokenId) authorize(caller, 'manageViews');
};

export const viewNotFound = (): GatewayError =>
  new GatewayError('NOT_FOUND', 'This workspace has no such view: list the views and use one of their ids.', {
    field: ['id'],
  });
