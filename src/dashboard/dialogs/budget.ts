import type { App } from '../app.js';
import { make } from '../make-element.js';
import {
  type Budget,
  type BudgetInput,
  deleteBudget,
  setBudget,
  type Subjects,
  subjects,
} from '../operations/budgets.js';
import { sayTrouble } from '../panel.js';
import { zoneSelect } from '../zone-select.js';
import { type Form, makeField, makeForm, makeSelect } from './form.js';
import { openDialog } from './open-dialog.js';

/** Sets a budget, or changes one; what it counts, and by whose calendar, stays as it was made. */
export const openBudget = (app: App, budget: Budget | null): void => {
  app.ask(subjects, {}).then(
    (found) => show(app, budget, found),
    (error: unknown) => app.announce(sayTrouble(error)),
  );
};

const show = (app: App, budget: Budget | null, found: Subjects): void => {
  const end = async (message: string): Promise<void> => {
    dialog.close();
    app.announce(message);
    await app.refresh();
  };
  const form = makeForm(
    fieldsOf(app, budget, found),
    {
      send: budget === null ? 'Set budget' : 'Save',
      others: budget === null ? [] : [makeDelete(app, budget, end)],
    },
    async (form) => {
      const { setBudget: done } = await app.ask(setBudget, { input: inputOf(form, budget) });
      if (done.budget === null) return done.userErrors;
      await end(`The budget ${done.budget.name} holds from now on.`);
      return [];
    },
  );
  const dialog = openDialog(budget === null ? 'Set a budget' : `Change ${budget.name}`, form.element);
};

const fieldsOf = (app: App, budget: Budget | null, found: Subjects): HTMLElement[] => {
  const fields = [
    makeField('Name', make('input', { name: 'name', value: budget?.name ?? '', autocomplete: 'off' })),
    makeField(
      'Credits',
      make('input', { name: 'limit', type: 'number', min: 0, step: 1, value: budget?.limit ?? '' }),
    ),
    makeField('At the limit', makeSelect('mode', modes, budget?.mode)),
  ];
  if (budget !== null) return fields;
  const target = makeTarget(found);
  const workflow = makeField(
    'Name of the workflow',
    make('input', { name: 'workflow', autocomplete: 'off' }),
  );
  workflow.hidden = true;
  target.addEventListener('change', () => {
    workflow.hidden = target.value !== 'WORKFLOW';
  });
  return [
    ...fields,
    makeField('Counts', target),
    workflow,
    makeField('Renews', makeSelect('period', periods, 'MONTH')),
    makeField('By the calendar of', zoneSelect('timeZone', app.look().timeZone)),
  ];
};

const modes = [
  ['HARD', 'Refuse what would pass it'],
  ['SOFT', 'Go on, and only tell'],
] as const;

const periods = [
  ['DAY', 'every day'],
  ['WEEK', 'every Monday'],
  ['MONTH', 'every month'],
  ['TOTAL', 'never'],
] as const;

/** Scope and subject in one list: `CONNECTION con_…`. */
const makeTarget = ({ connections, tokens }: Subjects): HTMLSelectElement =>
  makeSelect('scope', [
    ['WORKSPACE', 'the whole workspace'],
    ['WORKFLOW', 'one workflow'],
    ['MANAGED', 'the managed keys'],
    ...connections.nodes.map(({ id, name }) => [`CONNECTION ${id}`, `connection: ${name}`] as const),
    ...tokens.nodes
      .filter(({ revokedAt }) => revokedAt === null)
      .map(({ id, name }) => [`TOKEN ${id}`, `token: ${name}`] as const),
  ]);

const inputOf = (form: Form, budget: Budget | null): BudgetInput => {
  const [scope = '', subject] = form.text('scope').split(' ');
  const limit = form.text('limit');
  const changed = {
    name: form.text('name'),
    // An empty or broken number must not become 0, which would stop everything.
    limit: /^\d+$/.test(limit) ? Number(limit) : -1,
    mode: form.text('mode'),
  };
  if (budget !== null) {
    const { id, scope, subject, period, timeZone, thresholds, webhookUrl } = budget;
    return { ...changed, id, scope, subject, period, timeZone, thresholds, webhookUrl };
  }
  return {
    ...changed,
    id: null,
    scope,
    subject: scope === 'WORKFLOW' ? form.text('workflow') : (subject ?? null),
    period: form.text('period'),
    timeZone: form.text('timeZone'),
    thresholds: null,
    webhookUrl: null,
  };
};

const makeDelete = (app: App, { id, name }: Budget, end: (message: string) => Promise<void>): HTMLElement => {
  let isSure = false;
  const button = make('button', { type: 'button', class: 'tool danger' }, 'Delete');
  const click = async (): Promise<void> => {
    if (!isSure) {
      isSure = true;
      button.textContent = 'Delete it now';
      return;
    }
    const { deleteBudget: done } = await app.ask(deleteBudget, { id });
    await end(done.userErrors[0]?.message ?? `The budget ${name} is gone.`);
  };
  button.addEventListener('click', () => {
    click().catch((error: unknown) => app.announce(sayTrouble(error)));
  });
  return button;
};
