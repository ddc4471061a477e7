import type { App, Look } from '../app.js';
import { openDestination } from '../dialogs/destination.js';
import { formatInstant } from '../format.js';
import { make } from '../make-element.js';
import {
  type Alert,
  type Alerts,
  alerts,
  type Delivery,
  type Destination,
  kindTitles,
  sendTest,
} from '../operations/alerts.js';
import { type Drawing, makePanel, messageOf, type Panel } from '../panel.js';

/** Where alerts are sent, with a button to test it, and the latest alerts with their deliveries. */
export const makeAlerts = (app: App): Panel => {
  const click = (): void => openDestination(app, null);
  const add = make('button', { type: 'button', class: 'action', click }, 'Add a destination');
  return makePanel(app, {
    id: 'alerts',
    title: 'Alerts',
    width: 'half',
    operation: () => alerts,
    variables: () => ({}),
    draw: (data, look) => draw(app, data, look),
    actions: app.may('MANAGE_ALERTS') ? [add] : [],
  });
};

const draw = (app: App, { alertDestinations, alerts: raised }: Alerts, look: Look): Drawing => {
  const chart = make(
    'ul',
    { class: 'rows' },
    ...alertDestinations.nodes.map((destination) => destinationRow(app, destination)),
    ...raised.nodes.map((alert) => alertRow(alert, look)),
  );
  return alertDestinations.nodes.length + raised.nodes.length === 0
    ? { chart, empty: 'No destination is set: alerts are sent nowhere.' }
    : { chart };
};

const destinationRow = (app: App, destination: Destination): HTMLElement => {
  const { name, kind, url, recipients, enabled } = destination;
  const facts = [kindTitles[kind], url ?? recipients?.join(', ') ?? null, enabled ? null : 'disabled'];
  return make(
    'li',
    {},
    make(
      'div',
      { class: 'row-text' },
      make('strong', {}, name),
      make('p', { class: 'note' }, facts.filter((fact) => fact !== null).join(' · ')),
    ),
    ...(app.may('MANAGE_ALERTS') ? [makeTest(app, destination), makeChange(app, destination)] : []),
  );
};

const alertRow = ({ title, raisedAt, resolvedAt, deliveries }: Alert, { timeZone }: Look): HTMLElement => {
  const state = resolvedAt === null ? [] : [`resolved ${formatInstant(resolvedAt, timeZone)}`];
  const facts = [formatInstant(raisedAt, timeZone), ...state, ...deliveries.map(deliveryOf(timeZone))];
  return make(
    'li',
    {},
    make(
      'div',
      { class: 'row-text' },
      make('span', {}, title ?? 'An alert whose subject was deleted'),
      make('p', { class: 'note' }, facts.join(' · ')),
    ),
  );
};

const deliveryOf =
  (timeZone: string) =>
  (delivery: Delivery): string => {
    const { destination, state, lastError } = delivery;
    if (state === 'DELIVERED') return `${destination.name}: delivered`;
    return `${destination.name}: ${lastError === null ? 'waiting' : failureOf(delivery, timeZone)}`;
  };

/** Why a delivery failed, and what comes next. */
export const failureOf = (
  { attempts, lastError, lastAttemptAt, nextAttemptAt }: Delivery,
  timeZone: string,
): string => {
  const last = lastAttemptAt === null ? '' : `, ${formatInstant(lastAttemptAt, timeZone)}`;
  const next = nextAttemptAt === null ? 'given up' : `next attempt ${formatInstant(nextAttemptAt, timeZone)}`;
  return `${lastError} (attempt ${attempts}${last}; ${next})`;
};

const makeTest = (app: App, { id, name }: Destination): HTMLElement => {
  const test = async (): Promise<void> => {
    const { sendTestAlert: done } = await app.query(sendTest, { id });
    const result = done.delivered
      ? `A test was delivered to ${name}.`
      : `The test to ${name} failed: ${done.error}.`;
    app.announce(done.userErrors[0]?.message ?? result);
  };
  const click = (): void => {
    test().catch((error: unknown) => app.announce(messageOf(error)));
  };
  const facts = {
    type: 'button',
    class: 'tool',
    'data-key': `test ${id}`,
    'aria-label': `Send a test to ${name}`,
  };
  return make('button', { ...facts, click }, 'Test');
};

const makeChange = (app: App, destination: Destination): HTMLElement =>
  make(
    'button',
    {
      type: 'button',
      class: 'tool',
      'data-key': destination.id,
      'aria-label': `Change ${destination.name}`,
      click: () => openDestination(app, destination),
    },
    'Change',
  );
