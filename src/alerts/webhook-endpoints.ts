import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type alertKind, webhookEndpoints } from '../../schema/tables/index.js';
import type { SealedColumn } from '../connections/rotate-encryption-keys.js';
import type { SealContext } from '../connections/sealer.js';
import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';
import { newWebhookSecret } from './signature.js';
import { isSecretUrl, isShortened, shownUrl } from './webhook-format.js';

export type AlertKind = (typeof alertKind.enumValues)[number];

/** The budget or the account whose alerts are sent. */
export type AlertSubject = { workspaceId: string; kind: AlertKind; subjectId: string };

/** For how long the previous secret signs beside the new one. */
const overlapHours = 24;

/**
 * Sets, changes or removes (null) the URL that receives the alerts of a subject. Returns the secret if it is new: a
 * changed URL keeps its secret. What is shown of a secret URL leaves it as it is. Throws INVALID_INPUT if it is that of
 * another. The caller locks the subject, or two changes at once would each return a secret.
 */
export const setWebhookEndpoint = async (
  tx: Pick<Drizzle, 'delete' | 'insert' | 'select' | 'update'>,
  vault: Pick<Vault, 'seal'>,
  subject: AlertSubject,
  url: string | null,
): Promise<string | null> => {
  if (url === null) {
    await tx.delete(webhookEndpoints).where(isEndpointOf(subject));
    return null;
  }
  if (isShortened(url)) {
    const [present] = await tx.select().from(webhookEndpoints).where(isEndpointOf(subject));
    if (present?.url === url && present.urlSealed !== null) return null;
    throw new GatewayError('INVALID_INPUT', shortenedFault, { field: ['webhookUrl'] });
  }
  const address = addressOf(vault, subject, url);
  const [kept] = await tx
    .update(webhookEndpoints)
    .set(address)
    .where(isEndpointOf(subject))
    .returning({ url: webhookEndpoints.url });
  if (kept !== undefined) return null;
  const secret = newWebhookSecret();
  const secretSealed = vault.seal(webhookSecretContext(subject), secret);
  await tx.insert(webhookEndpoints).values({ ...subject, ...address, secretSealed });
  return secret;
};

/**
 * What the audit log says of an address beside the shown one: two secret addresses of one host look alike, so a whole
 * one that was sent is reported as new.
 */
export const factsOfWebhook = (
  before: { webhookUrl: string | null } | null,
  after: { webhookUrl: string | null },
  sent: string | null,
): { webhookReplaced?: true } =>
  sent !== null && isSecretUrl(sent) && before?.webhookUrl === after.webhookUrl
    ? { webhookReplaced: true }
    : {};

/** An address as its row has it: a secret one is sealed, and only its host is stored in plain text. */
const addressOf = (vault: Pick<Vault, 'seal'>, subject: AlertSubject, url: string) => ({
  url: shownUrl(url),
  urlSealed: isSecretUrl(url) ? vault.seal(webhookUrlContext(subject), url) : null,
});

/** Seals the secret addresses that an earlier release stored in plain text. Called at the start. */
export const sealPlainAddresses = async (db: Drizzle, vault: Pick<Vault, 'seal'>): Promise<void> => {
  const rows = await db.select().from(webhookEndpoints).where(isNull(webhookEndpoints.urlSealed));
  for (const { url, workspaceId, kind, subjectId } of rows) {
    if (!isSecretUrl(url)) continue;
    const subject = { workspaceId, kind, subjectId };
    await db
      .update(webhookEndpoints)
      .set(addressOf(vault, subject, url))
      .where(and(isEndpointOf(subject), eq(webhookEndpoints.url, url)));
  }
};

export type RotatedSecret = { webhookSecret: string; previousExpiresAt: Date };

/**
 * Replaces the secret of a webhook. The previous one signs beside it for 24 hours, so that a receiver can change over.
 * Null if the subject has no webhook.
 */
export const rotateWebhookSecret = async (
  db: Pick<Drizzle, 'update'>,
  vault: Pick<Vault, 'seal'>,
  subject: AlertSubject,
): Promise<RotatedSecret | null> => {
  const webhookSecret = newWebhookSecret();
  const [rotated] = await db
    .update(webhookEndpoints)
    .set({
      secretSealed: vault.seal(webhookSecretContext(subject), webhookSecret),
      previousSecretSealed: sql`${webhookEndpoints.secretSealed}`,
      previousSecretExpiresAt: sql`clock_timestamp() + make_interval(hours => ${overlapHours})`,
    })
    .where(isEndpointOf(subject))
    .returning({ previousExpiresAt: webhookEndpoints.previousSecretExpiresAt });
  return rotated?.previousExpiresAt == null
    ? null
    : { webhookSecret, previousExpiresAt: rotated.previousExpiresAt };
};

export const isEndpointOf = ({ workspaceId, kind, subjectId }: AlertSubject) =>
  and(
    eq(webhookEndpoints.workspaceId, workspaceId),
    eq(webhookEndpoints.kind, kind),
    eq(webhookEndpoints.subjectId, subjectId),
  );

/** The row that holds the sealed secrets of a subject's webhook. */
export const webhookSecretContext = ({ workspaceId, subjectId }: AlertSubject): SealContext => ({
  workspaceId,
  kind: 'webhook-secret',
  id: subjectId,
});

export const webhookUrlContext = (subject: AlertSubject): SealContext => ({
  ...webhookSecretContext(subject),
  kind: 'webhook-url',
});

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
  { ...secretColumn, kind: 'webhook-url', sealed: webhookEndpoints.urlSealed },
];

const shortenedFault =
  'This is how another webhook address is shown, with its secret left out: send the whole address.';

const fault =
  'The webhook must be an http or https URL of up to 2000 characters, without a user name or password: webhooks are signed instead.';

const isWebhookUrl = (text: string): boolean => {
  if (/\p{Cc}/u.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
};

/** Where webhooks may be sent. */
export const webhookUrl = z.string(fault).trim().max(2_000, fault).refine(isWebhookUrl, fault);
