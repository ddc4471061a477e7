import { and, eq, isNull } from 'drizzle-orm';
import { alertDestinations } from '../../schema/tables/index.js';
import type { Facts } from '../access/audit-facts.js';
import { toPublicId } from '../access/public-ids.js';
import type { SealedColumn } from '../connections/rotate-encryption-keys.js';
import type { SealContext } from '../connections/sealer.js';
import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';
import { isSecretUrl, shownUrl } from './webhook-format.js';

type Row = typeof alertDestinations.$inferSelect;
type SecretColumn = 'urlSealed' | 'secretSealed' | 'previousSecretSealed' | 'previousSecretExpiresAt';

/** Where alerts of a workspace are sent, as clients see it. */
export type Destination = Omit<Row, 'workspaceId' | SecretColumn>;

/** A destination with what it is sent by. `previousSecretSealed` is null once it has expired. */
export type SealedDestination = Pick<Row, TargetColumn>;
type TargetColumn =
  | 'workspaceId'
  | 'id'
  | 'kind'
  | 'url'
  | 'recipients'
  | Exclude<SecretColumn, 'previousSecretExpiresAt'>;

export const destinationColumns = {
  id: alertDestinations.id,
  kind: alertDestinations.kind,
  name: alertDestinations.name,
  url: alertDestinations.url,
  recipients: alertDestinations.recipients,
  enabled: alertDestinations.enabled,
  events: alertDestinations.events,
  budgetIds: alertDestinations.budgetIds,
  accountIds: alertDestinations.accountIds,
  testedAt: alertDestinations.testedAt,
  createdAt: alertDestinations.createdAt,
  updatedAt: alertDestinations.updatedAt,
} as const;

/**
 * What the audit log says of a destination. Of e-mail only the number of recipients: the log can never be erased, and addresses
 * are personal data.
 */
export const factsOfDestination = (destination: Destination): Facts => ({
  kind: destination.kind,
  name: destination.name,
  url: destination.url,
  recipients: destination.recipients?.length ?? null,
  enabled: destination.enabled,
  events: destination.events,
  budgets: destination.budgetIds?.map((id) => toPublicId('budget', id)) ?? null,
  accounts: destination.accountIds,
});

export const isDestination = (workspaceId: string, id: string) =>
  and(eq(alertDestinations.workspaceId, workspaceId), eq(alertDestinations.id, id));

export const destinationNotFound = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'This workspace has no such alert destination: list alertDestinations and name one of them.',
    { field: ['id'] },
  );

type Place = { workspaceId: string; id: string };

/** The row that holds the sealed secrets of a destination. */
export const webhookSecretContext = ({ workspaceId, id }: Place): SealContext => ({
  workspaceId,
  kind: 'webhook-secret',
  id,
});

/** The row that holds a sealed URL. */
export const webhookUrlContext = (place: Place): SealContext => ({
  ...webhookSecretContext(place),
  kind: 'webhook-url',
});

const secretColumn = {
  kind: 'webhook-secret',
  table: alertDestinations,
  workspaceId: alertDestinations.workspaceId,
  id: alertDestinations.id,
} as const;

/** For the rotation of encryption keys. */
export const webhookSecrets: readonly SealedColumn[] = [
  { ...secretColumn, sealed: alertDestinations.secretSealed },
  { ...secretColumn, sealed: alertDestinations.previousSecretSealed },
  { ...secretColumn, kind: 'webhook-url', sealed: alertDestinations.urlSealed },
];

/** Seals the secret addresses that an earlier release stored in plain text. Called at the start. */
export const sealPlainAddresses = async (db: Drizzle, vault: Pick<Vault, 'seal'>): Promise<void> => {
  const rows = await db.select().from(alertDestinations).where(isNull(alertDestinations.urlSealed));
  for (const { workspaceId, id, kind, url } of rows) {
    if (kind === 'EMAIL' || url === null || !isSecretUrl(kind, url)) continue;
    await db
      .update(alertDestinations)
      .set({ url: shownUrl(kind, url), urlSealed: vault.seal(webhookUrlContext({ workspaceId, id }), url) })
      .where(and(isDestination(workspaceId, id), eq(alertDestinations.url, url)));
  }
};
