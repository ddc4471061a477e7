import * as z from 'zod';
import { alertDestinationKind, alertEvent } from '../../schema/tables/index.js';
import { label } from '../platform/parse-input.js';
import type { AlertEvent, DestinationKind } from './alert.js';

/** What a destination is created with. */
export type CreateDestinationInput = {
  kind: DestinationKind;
  /** Unique in the workspace. */
  name: string;
  /** For all kinds but EMAIL. */
  url?: string | null | undefined;
  /** For EMAIL: 1 to 20 addresses. */
  recipients?: readonly string[] | null | undefined;
  /** True by default. */
  enabled?: boolean | null | undefined;
  /** All by default. */
  events?: readonly AlertEvent[] | null | undefined;
  /** The budgets whose thresholds are sent, at least one; all by default. */
  budgetIds?: readonly string[] | null | undefined;
  /** The connections whose balances and refused keys are sent, at least one; all by default. */
  connectionIds?: readonly string[] | null | undefined;
};

/** What changes of a destination: an omitted field stays. Null for the ids means all. */
export type UpdateDestinationInput = { id: string } & Partial<Omit<CreateDestinationInput, 'kind'>>;

const urlFault =
  'The URL must be an http or https URL of up to 2000 characters, without a user name or password: webhooks are signed instead.';

const isWebhookUrl = (text: string): boolean => {
  if (/\p{Cc}/u.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
};

const recipientsMax = 20;
const recipientsFault = `Recipients are 1 to ${recipientsMax} e-mail addresses, such as ops@example.com, without names: correct them.`;

/** An address that needs no quotes in a header or in an SMTP command. Its name has at most 64 characters (RFC 5321). */
const recipient = z
  .email(recipientsFault)
  .max(254, recipientsFault)
  .regex(/^[\x21-\x7e]{1,64}@[\x21-\x7e]+$/, recipientsFault);

const eventsFault = `Events are at least one of ${alertEvent.enumValues.join(', ')}: choose some, or leave them out for all.`;

const changeable = {
  name: label('name'),
  url: z.string(urlFault).trim().max(2_000, urlFault).refine(isWebhookUrl, urlFault).nullish(),
  recipients: z
    .array(recipient, recipientsFault)
    .min(1, recipientsFault)
    .max(recipientsMax, recipientsFault)
    .transform((addresses) => [...new Set(addresses)])
    .nullish(),
  enabled: z.boolean().nullish(),
  events: z
    .array(z.enum(alertEvent.enumValues, eventsFault), eventsFault)
    .min(1, eventsFault)
    .transform((events) => alertEvent.enumValues.filter((event) => events.includes(event)))
    .nullish(),
  budgetIds: z.array(z.string()).nullish(),
  connectionIds: z.array(z.string()).nullish(),
};

export const createDestinationInput = z.object({
  kind: z.enum(
    alertDestinationKind.enumValues,
    `The kind must be one of ${alertDestinationKind.enumValues.join(', ')}: choose one.`,
  ),
  ...changeable,
});

export const updateDestinationInput = z.object({ id: z.string(), ...changeable }).partial({ name: true });
