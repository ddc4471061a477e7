import type { App } from '../app.js';
import { make } from '../make-element.js';
import { type Account, recordBalance } from '../operations/balances.js';
import { providerTitle } from '../provider-title.js';
import { makeField, makeForm } from './form.js';
import { openDialog } from './open-dialog.js';

/** Records what the provider's own page says an account has left. */
export const openReading = (app: App, account: Account): void => {
  const title = providerTitle(account.provider);
  const credits = make('input', { name: 'credits', type: 'number', min: 0, step: 1, inputmode: 'numeric' });
  const form = makeForm(
    [makeField('Credits left', credits, `As ${title}’s own page says now, all pools together.`)],
    { send: 'Record' },
    async (form) => {
      const text = form.text('credits');
      if (!/^\d+$/.test(text)) return [{ message: 'Type a whole number of credits.', field: ['credits'] }];
      const input = { connection: account.connectionId, credits: Number(text) };
      const { recordBalance: done } = await app.ask(recordBalance, { input });
      if (done.balance === null) return done.userErrors;
      dialog.close();
      app.announce(`The balance of ${account.name} is recorded.`);
      await app.refresh();
      return [];
    },
  );
  const dialog = openDialog(`What ${account.name} has left`, form.element);
};
