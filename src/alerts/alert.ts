import { alertDestinationKind, type alertEvent, type alerts } from '../../schema/tables/index.js';

/** What an alert reports. */
export type AlertEvent = (typeof alertEvent.enumValues)[number];

export const destinationKinds = alertDestinationKind.enumValues;
export type DestinationKind = (typeof destinationKinds)[number];

/** A destination that takes HTTP requests. */
export type WebhookKind = Exclude<DestinationKind, 'EMAIL'>;

/** An alert as it was raised. */
export type Alert = Omit<typeof alerts.$inferSelect, 'facts'> & {
  /** Credits are strings of digits. */
  facts: Record<string, unknown>;
};

/** An alert as its receivers get it: the body of a signed webhook, and the same in words for chat services and e-mail. */
export type AlertMessage = {
  body: object;
  /** One line. */
  title: string;
  facts: readonly (readonly [name: string, value: string])[];
};

/**
 * What became of one attempt. `status` is that of HTTP or SMTP, if there was an answer. `mayRepeat`: whether another attempt
 * makes sense; ONCE where the receiver may have shown the message already, and would show a copy.
 */
export type Sent =
  | {
      delivered: true;
      status: number | null;
      /** What was not delivered beside the rest: some of the recipients. */
      error: string | null;
    }
  | {
      delivered: false;
      status: number | null;
      /** In words, without anything of the address or the response. */
      error: string;
      mayRepeat: 'YES' | 'ONCE' | 'NO';
      retryAfterSeconds: number | null;
    };

/** Writes the message of an alert; null if its subject is gone. */
export type WriteMessage = (alert: Alert) => Promise<AlertMessage | null>;

/** The name of a provider for people, such as "People Data Labs". */
export type TitleOf = (provider: string) => string;

/** How the message of each event is written. */
export type AlertMessages = Record<AlertEvent, WriteMessage>;

/** A fact of an alert as text; empty if it has none of this name. */
export const factOf = ({ facts }: Pick<Alert, 'facts'>, name: string): string => {
  const value = facts[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
