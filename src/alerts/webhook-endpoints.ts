import { and, eq } from 'drizzle-orm';
import { webhookEndpoints } from '../../schema/tables/index.js';
import type { SealedColumn } from '../connections/rotate-encryption-keys.js';
import type { Vault } from '../connections/vault.js';
import type { Drizzle } from '../platform/database.js';
import { newWebhookSecret, webhookSecretContext } from './webhook-secret.js';

/** The budget or the account whose alerts are sent. */
export type AlertSubject = { workspaceId: string; kind: 'BUDGET' | 'BALANCE'; subjectId: string };

/**
 * Sets, changes or removes (null) the address that a subject's alerts are sent to. Returns the secret that the messages
 * are signed with where it is new; a changed address keeps its secret. The caller locks the subject, or two changes at
 * once would each return a secret.
 */
export const setWebhookEndpoint = async (
  tx: Pick<Drizzle, 'delete' | 'insert' | 'update'>,
  vault: Pick<Vault, 'seal'>,
  subject: AlertSubject,
  url: string | null,
): Promise<string | null> => {
  if (url === null) {
    await tx.delete(webhookEndpoints).where(isEndpointOf(subject));
    return null;
  }
  const [kept] = await tx
    .update(webhookEndpoints)
    .set({ url })
    .where(isEndpointOf(subject))
    .returning({ url: webhookEndpoints.url });
  if (kept !== undefined) return null;
  const secret = newWebhookSecret();
  const secretSealed = vault.seal(webhookSecretContext(subject.workspaceId, subject.subjectId), secret);
  await tx.insert(webhookEndpoints).values({ ...subject, url, secretSealed });
  return secret;
};

export const isEndpointOf = ({ workspaceId, kind, subjectId }: AlertSubject) =>
  and(
    eq(webhookEndpoints.workspaceId, workspaceId),
    eq(webhookEndpoints.kind, kind),
    eq(webhookEndpoints.subjectId, subjectId),
  );

const secretColumn = {
  kind: 'webhook-secret',
  table: webhookEndpoints,
  workspaceId: webhookEndpoints.workspaceId,
  id: webhookEndpoints.subjectId,
} as const;

/** For the rotation of encryption keys. */
export const webhookSecrets: readonly SealedColumn[] = [
  { ...secretColumn, sealed: webhookEndpoints.secretSealed },
  { ...secretColumn, sealed: webhookEndpoints.previousSecretSealed },
];
