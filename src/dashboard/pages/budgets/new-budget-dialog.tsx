import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type BudgetPeriod, type BudgetScope, SetBudgetDocument } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { browserZone } from '../../time/view.js';
import { Button } from '../../ui/button.js';
import { ChoiceField } from '../../ui/choice-field.js';
import { Dialog } from '../../ui/dialog.js';
import { Field, SelectField } from '../../ui/field.js';
import { Form, type FormError, type FormValues } from '../../ui/form.js';
import { useNotices } from '../../ui/notice.js';
import { ZoneSelect } from '../../ui/zone-select.js';
import { BudgetFields, readBudgetFields } from './budget-fields.js';
import { readLimit } from './budget-input.js';
import { periodTitles, scopeTitles } from './budget-words.js';
import { SpentNote } from './spent-note.js';
import { SubjectField } from './subject-field.js';
import { type Target, useSpent } from './use-spent.js';

const scopes: readonly BudgetScope[] = ['WORKSPACE', 'WORKFLOW', 'CONNECTION', 'TOKEN', 'MANAGED'];
const periods: readonly BudgetPeriod[] = ['DAY', 'WEEK', 'MONTH', 'TOTAL'];

/** Creates a budget. */
export const NewBudgetDialog = ({ close }: { close: () => void }): JSX.Element => {
  const { run } = useChange(SetBudgetDocument);
  const { announce } = useNotices();
  const [target, setTarget] = useState<Target>({
    scope: 'WORKSPACE',
    subject: '',
    period: 'MONTH',
    timeZone: browserZone(),
  });
  const [typed, setTyped] = useState({ limit: '', isHard: true });

  const submit = async (form: FormValues): Promise<readonly FormError[]> => {
    const { fields, errors } = readBudgetFields(form);
    if (fields === null) return errors;
    const { scope, period, timeZone } = target;
    const subject = form.text('subject');
    const { setBudget } = await run({
      input: {
        ...fields,
        scope,
        period,
        timeZone,
        ...(subject === '' ? {} : { subject }),
        startFrom: form.text('startFrom') === 'NOW' ? 'NOW' : 'PERIOD_START',
      },
    });
    if (setBudget.budget === null) return setBudget.userErrors;
    close();
    announce(`The budget ${setBudget.budget.name} applies from now on.`);
    return [];
  };

  return (
    <Dialog title="Set a budget" close={close}>
      <Form label="Set a budget" submit={submit}>
        <BudgetFields
          onLimit={(limit) => setTyped((before) => ({ ...before, limit }))}
          onMode={(mode) => setTyped((before) => ({ ...before, isHard: mode === 'HARD' }))}
          budget={null}
        >
          <TargetFields target={target} change={setTarget} />
        </BudgetFields>
        <StartField target={target} limit={readLimit(typed.limit)} isHard={typed.isHard} />
        <div class="buttons">
          <Button kind="primary" type="submit">
            Set budget
          </Button>
          <Button onClick={close}>Cancel</Button>
        </div>
      </Form>
    </Dialog>
  );
};

type TargetFieldsProps = { target: Target; change: (target: Target) => void };

const TargetFields = ({ target, change }: TargetFieldsProps): JSX.Element => {
  const { scope, period, timeZone } = target;
  return (
    <>
      <div class="fields">
        <SelectField
          name="scope"
          label="Scope"
          value={scope}
          options={scopes.map((value) => ({ value, title: scopeTitles[value] }))}
          onChange={(value) => {
            const chosen = scopes.find((one) => one === value) ?? 'WORKSPACE';
            change({ ...target, scope: chosen, subject: '' });
          }}
        />
        <SubjectField key={scope} scope={scope} onChange={(subject) => change({ ...target, subject })} />
      </div>
      <div class="fields">
        <SelectField
          name="period"
          label="Period"
          value={period}
          options={periods.map((value) => ({ value, title: periodTitles[value] }))}
          onChange={(value) => change({ ...target, period: periods.find((one) => one === value) ?? 'MONTH' })}
        />
        {period === 'TOTAL' ? null : (
          <Field
            name="timeZone"
            label="Time zone"
            help="The period renews at midnight on these clocks."
            render={({ id, name }) => (
              <ZoneSelect
                id={id}
                name={name}
                value={timeZone}
                onChange={(zone) => change({ ...target, timeZone: zone })}
              />
            )}
          />
        )}
      </div>
    </>
  );
};

type StartFieldProps = { target: Target; limit: number | null; isHard: boolean };

/** Whether the budget counts what its period has spent already, with the number. */
const StartField = ({ target, limit, isHard }: StartFieldProps): JSX.Element => {
  const [startFrom, setStartFrom] = useState('PERIOD_START');
  const { spent, refusal } = useSpent(target);
  const isChosen = target.scope === 'WORKSPACE' || target.scope === 'MANAGED' || target.subject !== '';
  const note =
    refusal ??
    (isChosen ? (
      <SpentNote
        spent={spent}
        timeZone={target.timeZone}
        limit={startFrom === 'NOW' ? null : limit}
        isHard={isHard}
      />
    ) : (
      `Choose a ${scopeTitles[target.scope].toLowerCase()} to see how many credits that is.`
    ));
  return (
    <ChoiceField
      name="startFrom"
      label={target.period === 'TOTAL' ? 'Credits spent before' : 'Credits spent in this period'}
      value={startFrom}
      onChange={setStartFrom}
      choices={[
        {
          value: 'PERIOD_START',
          title: target.period === 'TOTAL' ? 'Count what was spent before' : 'Count what was spent already',
          note,
        },
        { value: 'NOW', title: 'Count from now on' },
      ]}
    />
  );
};
