import type { App } from '../app.js';
import { make } from '../make-element.js';
import {
  createDestination,
  deleteDestination,
  type Destination,
  kindTitles,
  updateDestination,
} from '../operations/alerts.js';
import type { UserError } from '../operation.js';
import { makeDelete } from './confirm-delete.js';
import { type Form, makeField, makeForm, makeSelect } from './form.js';
import { openDialog } from './open-dialog.js';

/** Creates or changes a destination of alerts. Its kind cannot change. */
export const openDestination = (app: App, destination: Destination | null): void => {
  const end = async (message: string): Promise<void> => {
    dialog.close();
    app.announce(message);
    await app.refresh();
  };
  const create = async (form: Form): Promise<readonly UserError[]> => {
    const kind = form.text('kind');
    const input = { kind, name: form.text('name'), ...targetOf(form, kind), events: eventsOf(form) };
    const { createAlertDestination: done } = await app.query(createDestination, { input });
    if (done.destination === null) return done.userErrors;
    await end(`Alerts are sent to ${done.destination.name} from now on.`);
    if (done.webhookSecret !== null) showSecret(done.webhookSecret);
    return [];
  };
  const change = async (form: Form, { id, kind }: Destination): Promise<readonly UserError[]> => {
    const enabled = new FormData(form.element).has('enabled');
    const input = { id, name: form.text('name'), ...targetOf(form, kind), enabled, events: eventsOf(form) };
    const { updateAlertDestination: done } = await app.query(updateDestination, { input });
    if (done.destination === null) return done.userErrors;
    await end(`${done.destination.name} was changed.`);
    return [];
  };
  const remove = async ({ id, name }: Destination): Promise<void> => {
    const { deleteAlertDestination: done } = await app.query(deleteDestination, { id });
    await end(done.userErrors[0]?.message ?? `${name} was deleted.`);
  };
  const form = makeForm(
    fieldsOf(destination),
    {
      send: destination === null ? 'Add' : 'Save',
      others: destination === null ? [] : [makeDelete(app, () => remove(destination))],
    },
    (form) => (destination === null ? create(form) : change(form, destination)),
  );
  const title = destination === null ? 'Add a destination of alerts' : `Change ${destination.name}`;
  const dialog = openDialog(title, form.element);
};

const fieldsOf = (destination: Destination | null): HTMLElement[] => {
  const name = make('input', { name: 'name', value: destination?.name ?? '', autocomplete: 'off' });
  const url = make('input', { name: 'url', value: destination?.url ?? '', autocomplete: 'off' });
  const recipients = make('input', {
    name: 'recipients',
    value: destination?.recipients?.join(', ') ?? '',
    autocomplete: 'off',
  });
  const urlField = makeField('URL', url, 'The address that takes the messages.');
  const recipientsField = makeField('Recipients', recipients, 'E-mail addresses, separated by commas.');
  const showFor = (kind: string): void => {
    urlField.hidden = kind === 'EMAIL';
    recipientsField.hidden = kind !== 'EMAIL';
  };
  const kind = makeSelect('kind', Object.entries(kindTitles), 'SLACK');
  kind.addEventListener('change', () => showFor(kind.value));
  showFor(destination?.kind ?? kind.value);
  return [
    ...(destination === null ? [makeField('Kind', kind)] : []),
    makeField('Name', name),
    urlField,
    recipientsField,
    make(
      'fieldset',
      { class: 'providers' },
      make('legend', {}, 'Alerts'),
      ...events.map(([event, title]) =>
        makeCheck('events', event, title, destination?.events.includes(event) ?? true),
      ),
    ),
    ...(destination === null ? [] : [makeCheck('enabled', 'on', 'Enabled', destination.enabled)]),
  ];
};

const events = [
  ['BUDGET_THRESHOLD', 'Thresholds of budgets'],
  ['BALANCE_THRESHOLD', 'Thresholds of balances'],
  ['KEY_REFUSED', 'Refused keys'],
  ['PROVIDER_UNAVAILABLE', 'Unavailable providers'],
  ['PRESUMED_CHARGES', 'Presumed charges older than a day'],
] as const;

const makeCheck = (name: string, value: string, title: string, checked: boolean): HTMLElement =>
  make(
    'label',
    { class: 'check' },
    make('input', { type: 'checkbox', name, value, checked }),
    make('span', {}, title),
  );

const eventsOf = ({ element }: Form): string[] => new FormData(element).getAll('events').map(String);

const targetOf = (form: Form, kind: string): { url: string | null; recipients: string[] | null } => {
  if (kind !== 'EMAIL') return { url: form.text('url'), recipients: null };
  const addresses = form.text('recipients').split(/[\s,;]+/);
  return { url: null, recipients: addresses.filter((address) => address !== '') };
};

/** The secret is shown once, and gone with the dialog. */
const showSecret = (secret: string): void => {
  openDialog(
    'The secret of the webhook',
    make('p', {}, 'Store it in your receiver, which verifies signatures with it. It is not shown again.'),
    make('p', {}, make('code', {}, secret)),
  );
};
