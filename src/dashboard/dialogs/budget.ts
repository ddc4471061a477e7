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
import { messageOf } from '../panel.js';
import { zoneSelect } from '../zone-select.js';
import { makeDelete } from './confirm-delete.js';
import { type Form, makeField, makeForm, makeSelect } from './form.js';
import { openDialog } from './open-dialog.js';

/** Creates or changes a budget. Scope, period and time zone cannot change. */
export const openBudget = (app: App, budget: Budget | null): void => {
  app.query(subjects, {}).then(
    (found) => show(app, budget, found),
    (error: unknown) => app.announce(messageOf(error)),
  );
};

const show = (app: App, budget: Budget | null, found: Subjects): void => {
  const end = async (message: string): Promise<void> => {
    dialog.close();
    app.announce(message);
    await app.refresh();
  };
  const remove = async ({ id, name }: Budget): Promise<void> => {
    const { deleteBudget: done } = await app.query(deleteBudget, { id });
    await end(done.userErrors[0]?.message ?? `The budget ${name} was deleted.`);
  };
  const form = makeForm(
    fieldsOf(app, budget, found),
    {
      send: budget === null ? 'Set budget' : 'Save',
      others: budget === null ? [] : [makeDelete(app, () => remove(budget))],
    },
    async (form) => {
      const { setBudget: done } = await app.query(setBudget, { input: inputOf(form, budget) });
      if (done.budget === null) return done.userErrors;
      await end(`The budget ${done.budget.name} applies from now on.`);
      return [];
    },
  );
  const dialog = openDialog(budget === null ? 'Set a budget' : `Change ${budget.name}`, form.element);
};

const fieldsOf = (app: App, budget: Budget | null, found: Subjects): HTMLElement[] => {
  const fields = [
    makeField('Name', make('input', { name: 'name', value: budget?.name ?? '', autocomplete: 'off' })),
    makeField(
      'Limit (credits)',
      make('input', { name: 'limit', type: 'number', min: 0, step: 1, value: budget?.limit ?? '' }),
    ),
    makeField('Action at limit', makeSelect('mode', modes, budget?.mode)),
  ];
  if (budget !== null) return fields;
  const target = makeTarget(found);
  const workflow = makeField('Workflow', make('input', { name: 'workflow', autocomplete: 'off' }));
  workflow.hidden = true;
  target.addEventListener('change', () => {
    workflow.hidden = target.value !== 'WORKFLOW';
  });
  return [
    ...fields,
    makeField('Scope', target),
    workflow,
    makeField('Period', makeSelect('period', periods, 'MONTH')),
    makeField('Count', makeSelect('startFrom', starts, 'PERIOD_START')),
    makeField('Time zone', zoneSelect('timeZone', app.look().timeZone)),
  ];
};

const modes = [
  ['HARD', 'block'],
  ['SOFT', 'alert only'],
] as const;

const periods = [
  ['DAY', 'daily'],
  ['WEEK', 'weekly'],
  ['MONTH', 'monthly'],
  ['TOTAL', 'total'],
] as const;

const starts = [
  ['PERIOD_START', 'from the start of the period'],
  ['NOW', 'from now on'],
] as const;

/** Scope and subject in one list: `CONNECTION con_…`. */
const makeTarget = ({ connections, tokens }: Subjects): HTMLSelectElement =>
  makeSelect('scope', [
    ['WORKSPACE', 'the whole workspace'],
    ['WORKFLOW', 'one workflow'],
    ['MANAGED', 'the managed account'],
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
    // An empty or malformed number must not become 0, which would block everything.
    limit: /^\d+$/.test(limit) ? Number(limit) : -1,
    mode: form.text('mode'),
  };
  if (budget !== null) {
    const { id, scope, subject, period, timeZone, thresholds } = budget;
    return { ...changed, id, scope, subject, period, timeZone, thresholds, startFrom: null };
  }
  return {
    ...changed,
    id: null,
    scope,
    subject: scope === 'WORKFLOW' ? form.text('workflow') : (subject ?? null),
    period: form.text('period'),
    timeZone: form.text('timeZone'),
    thresholds: null,
    startFrom: form.text('startFrom'),
  };
};
