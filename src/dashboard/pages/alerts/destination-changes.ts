import type { AlertDestinationKind, AlertEvent, UpdateAlertDestinationInput } from '../../api/operations.js';
import type { FormError, FormValues } from '../../ui/form.js';
import { type Destination, events, readRecipients } from './alert-words.js';

/** What a form says of a destination. Null ids: all. */
export type TypedDestination = {
  name: string;
  url: string | null;
  recipients: string[] | null;
  enabled: boolean;
  events: AlertEvent[];
  budgets: string[] | null;
  connections: string[] | null;
};

/** Reads the form, with what is missing in it. */
export const readDestination = (
  form: FormValues,
  kind: AlertDestinationKind,
): { typed: TypedDestination; errors: FormError[] } => {
  const chosen = (name: 'budgets' | 'connections'): string[] | null =>
    form.text(`${name}Of`) === 'CHOSEN' ? form.all(name) : null;
  const typed = {
    name: form.text('name'),
    url: kind === 'EMAIL' ? null : form.text('url'),
    recipients: kind === 'EMAIL' ? readRecipients(form.text('recipients')) : null,
    enabled: form.isChecked('enabled'),
    events: events.filter((event) => form.all('events').includes(event)),
    budgets: chosen('budgets'),
    connections: chosen('connections'),
  };
  const errors = [
    ...(typed.events.length === 0 ? [{ field: ['events'], message: 'Choose at least one event.' }] : []),
    ...(typed.budgets?.length === 0
      ? [{ field: ['budgetsOf'], message: 'Choose at least one budget.' }]
      : []),
    ...(typed.connections?.length === 0
      ? [{ field: ['connectionsOf'], message: 'Choose at least one connection.' }]
      : []),
  ];
  return { typed, errors };
};

const idsOf = (items: readonly { id: string }[] | null): string[] | null =>
  items === null ? null : items.map(({ id }) => id);

const isSame = (one: readonly string[] | null, other: readonly string[] | null): boolean =>
  JSON.stringify(one?.toSorted() ?? null) === JSON.stringify(other?.toSorted() ?? null);

/**
 * What was changed in the form, and nothing else: what another user changes meanwhile stays. Null if nothing was. The
 * shortened form of a secret address, when it was left as it is, is not sent.
 */
export const changesOf = (
  destination: Destination,
  typed: TypedDestination,
): UpdateAlertDestinationInput | null => {
  const changes = {
    ...(typed.name === destination.name ? {} : { name: typed.name }),
    ...(typed.url === null || typed.url === destination.url ? {} : { url: typed.url }),
    ...(typed.recipients === null || isSame(typed.recipients, destination.recipients)
      ? {}
      : { recipients: typed.recipients }),
    ...(typed.enabled === destination.enabled ? {} : { enabled: typed.enabled }),
    ...(isSame(typed.events, destination.events) ? {} : { events: typed.events }),
    ...(isSame(typed.budgets, idsOf(destination.budgets)) ? {} : { budgets: typed.budgets }),
    ...(isSame(typed.connections, idsOf(destination.connections)) ? {} : { connections: typed.connections }),
  };
  return Object.keys(changes).length === 0 ? null : { id: destination.id, ...changes };
};
