import type { App } from '../app.js';
import { make } from '../make-element.js';
import { type Account, recordBalance } from '../operations/balances.js';
import { providerTitle } from '../format.js';
import { makeField, makeForm } from './form.js';
import { openDialog } from './open-dialog.js';

/** Records the balance that the provider's own page shows. */
export const openReading = (app: App, account: Account): void => {
  const title = providerTitle(account.provider);
  const credits = make('input', { name: 'credits', type: 'number', min: 0, step: 1, inputmode: 'numeric' });
  const form = makeForm(
    [makeField('Remaining credits', credits, `The number on ${title}’s own page, all pools together.`)],
    { send: 'Record' },
    async (form) => {
      const text = form.text('credits');
      if (!/^\d+$/.test(text)) return [{ message: 'Enter a whole number of credits.', field: ['credits'] }];
      const input = { connection: account.connectionId, credits: Number(text) };
      const { recordBalance: done } = await app.query(recordBalance, { input });
      if (done.balance === null) return done.userErrors;
      dialog.close();
      app.announce(`The balance of ${account.name} was recorded.`);
      await app.refresh();
      return [];
    },
  );
  const dialog = openDialog(`Balance of ${account.name}`, form.element);
};
