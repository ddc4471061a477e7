import type { App } from '../app.js';
import { make } from '../make-element.js';
import { createConnection, type Price, type Provider, providers } from '../operations/connections.js';
import { messageOf } from '../panel.js';
import { formatCredits } from '../format.js';
import { type Form, makeField, makeForm } from './form.js';
import { openDialog } from './open-dialog.js';

/**
 * Adds a connection: choose the provider, name it, paste the key, save. The key is verified before it is stored. It is
 * kept in its field only, and removed when the dialog closes.
 */
export const openConnect = (app: App): void => {
  app.query(providers, {}).then(
    ({ providers: found }) => show(app, found),
    (error: unknown) => app.announce(messageOf(error)),
  );
};

const show = (app: App, found: readonly Provider[]): void => {
  const key = make('input', {
    name: 'key',
    type: 'password',
    required: true,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const help = make('p', { class: 'note' });
  const sandbox = make('button', { type: 'button', class: 'tool' }, 'Use a sandbox key');
  const choose = (provider: Provider): void => {
    help.textContent = provider.keyHelp;
    sandbox.hidden = provider.sandboxKey === null;
    key.value = '';
  };
  const list = make(
    'fieldset',
    { class: 'providers' },
    make('legend', {}, 'Connect an account'),
    ...found.map((provider, at) =>
      make(
        'label',
        {},
        make('input', {
          type: 'radio',
          name: 'provider',
          value: provider.name,
          checked: at === 0,
          change: () => choose(provider),
        }),
        make('span', {}, provider.title),
        make('span', { class: 'note' }, formatPrices(provider)),
      ),
    ),
  );
  const name = make('input', { name: 'name', required: true, autocomplete: 'off', maxlength: 100 });
  const form = makeForm(
    [
      list,
      makeField('Name', name, 'A name for your team, such as Sales.'),
      makeField('Key', key),
      help,
      make(
        'label',
        { class: 'check' },
        make('input', { type: 'checkbox', name: 'makeDefault' }),
        make('span', {}, 'Default connection'),
      ),
    ],
    { send: 'Save', others: [sandbox] },
    async (form) => {
      const { createConnection: done } = await app.query(createConnection, { input: inputOf(form) });
      if (done.connection === null) return done.userErrors;
      dialog.close();
      app.announce(savedMessage(done.connection));
      await app.refresh();
      return [];
    },
  );
  const dialog = openDialog('Add connection', form.element);
  dialog.addEventListener('close', () => {
    key.value = '';
  });
  sandbox.addEventListener('click', () => {
    key.value = found.find(({ name: one }) => one === form.text('provider'))?.sandboxKey ?? '';
    key.focus();
  });
  const [first] = found;
  if (first !== undefined) choose(first);
};

const inputOf = (form: Form): { provider: string; name: string; key: string; makeDefault: boolean } => ({
  provider: form.text('provider'),
  name: form.text('name'),
  key: form.text('key'),
  makeDefault: new FormData(form.element).has('makeDefault'),
});

const formatPrices = ({ companyPrice, personPrice }: Provider): string => {
  const company = formatPrice(companyPrice);
  const person = formatPrice(personPrice);
  return company === person ? `${company} per record` : `${company} per company, ${person} per person`;
};

const formatPrice = ({ minCredits, maxCredits }: Price): string =>
  minCredits === maxCredits ? formatCredits(maxCredits) : `${minCredits} to ${formatCredits(maxCredits)}`;

const savedMessage = ({ name, problem }: { name: string; problem: string | null }): string =>
  problem === null
    ? `${name} was saved. The provider accepted the key.`
    : `${name} was saved, but the key could not be verified: verify it later.`;
