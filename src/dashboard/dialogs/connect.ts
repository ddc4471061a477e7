import type { App } from '../app.js';
import { make } from '../make-element.js';
import { createConnection, type Price, type Provider, providers } from '../operations/connections.js';
import { sayTrouble } from '../panel.js';
import { sayCredits } from '../format.js';
import { type Form, makeField, makeForm } from './form.js';
import { openDialog } from './open-dialog.js';

/**
 * Adds a connection: find the provider in the list, name it, paste the key, save. The provider is asked whether it
 * takes the key before it is stored. The key stands in its field and nowhere else, and goes with the dialog.
 */
export const openConnect = (app: App): void => {
  app.ask(providers, {}).then(
    ({ providers: found }) => show(app, found),
    (error: unknown) => app.announce(sayTrouble(error)),
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
        make('span', { class: 'note' }, sayPrices(provider)),
      ),
    ),
  );
  const name = make('input', { name: 'name', required: true, autocomplete: 'off', maxlength: 100 });
  const form = makeForm(
    [
      list,
      makeField('Name', name, 'As your team will know it, such as Sales.'),
      makeField('Key', key),
      help,
      make(
        'label',
        { class: 'check' },
        make('input', { type: 'checkbox', name: 'makeDefault' }),
        make('span', {}, 'Pays for asks that name no connection'),
      ),
    ],
    { send: 'Save', others: [sandbox] },
    async (form) => {
      const { createConnection: done } = await app.ask(createConnection, { input: inputOf(form) });
      if (done.connection === null) return done.userErrors;
      dialog.close();
      app.announce(sayDone(done.connection));
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

const sayPrices = ({ companyPrice, personPrice }: Provider): string => {
  const company = sayPrice(companyPrice);
  const person = sayPrice(personPrice);
  return company === person ? `${company} a record` : `${company} a company, ${person} a person`;
};

const sayPrice = ({ minCredits, maxCredits }: Price): string =>
  minCredits === maxCredits ? sayCredits(maxCredits) : `${minCredits} to ${sayCredits(maxCredits)}`;

const sayDone = ({ name, problem }: { name: string; problem: string | null }): string =>
  problem === null
    ? `${name} is saved, and the provider takes its key.`
    : `${name} is saved, but the provider could not be asked about its key: verify it later.`;
