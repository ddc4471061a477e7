import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { BudgetDocument, type BudgetStateFragment, SetBudgetDocument } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { useSession } from '../../app/session.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { CheckField } from '../../ui/field.js';
import { Form, type FormError, type FormValues } from '../../ui/form.js';
import { formatCredits, formatNumber } from '../../ui/format.js';
import { useNotices } from '../../ui/notice.js';
import { BudgetFields, readBudgetFields } from './budget-fields.js';
import { type Changeable, mergeChanges, readLimit } from './budget-input.js';
import { formatRenewal, periodTitles, scopeOf } from './budget-words.js';
import { SpentNote } from './spent-note.js';
import { useSpent } from './use-spent.js';

/**
 * Changes a budget. The API takes its whole state, so what another user changed while the form was open is joined with what
 * was typed, and where both changed the same field, this user decides.
 */
export const EditBudgetDialog = ({
  budget,
  close,
}: {
  budget: BudgetStateFragment;
  close: () => void;
}): JSX.Element => {
  const { client } = useSession();
  const { run } = useChange(SetBudgetDocument);
  const { announce } = useNotices();
  const opened = useRef<Changeable>(budget);
  const [typed, setTyped] = useState({ limit: `${budget.limit}`, isHard: budget.mode === 'HARD' });

  const submit = async (form: FormValues): Promise<readonly FormError[]> => {
    const { fields, errors } = readBudgetFields(form);
    if (fields === null) return errors;
    const { budget: present } = await client.send(BudgetDocument, { id: budget.id });
    if (present === null) return [{ message: 'Another user deleted this budget meanwhile.' }];
    const { merged, conflicts, seen } = mergeChanges(opened.current, present, fields);
    if (conflicts.length > 0) {
      opened.current = seen;
      return conflicts;
    }
    const { id, scope, subject, period, timeZone } = present;
    const { setBudget } = await run({
      input: {
        ...merged,
        id,
        scope,
        subject,
        period,
        timeZone,
        ...(form.isChecked('recount') ? { startFrom: 'PERIOD_START' as const } : {}),
      },
    });
    if (setBudget.budget === null) return setBudget.userErrors;
    close();
    announce(`The budget ${setBudget.budget.name} was changed.`);
    return [];
  };

  return (
    <Dialog title={`Edit ${budget.name}`} close={close}>
      <Form label={`Edit ${budget.name}`} submit={submit}>
        <p class="note">
          {scopeOf(budget)} · {periodTitles[budget.period].toLowerCase()}
          {budget.period === 'TOTAL' ? '' : ` in ${budget.timeZone.replaceAll('_', ' ')}`}. These cannot
          change: delete the budget and set another.
        </p>
        <BudgetFields
          budget={budget}
          onLimit={(limit) => setTyped((before) => ({ ...before, limit }))}
          onMode={(mode) => setTyped((before) => ({ ...before, isHard: mode === 'HARD' }))}
          limitNote={<LimitNote budget={budget} limit={readLimit(typed.limit)} isHard={typed.isHard} />}
        />
        <Recount budget={budget} limit={readLimit(typed.limit)} isHard={typed.isHard} />
        <div class="buttons">
          <Button kind="primary" type="submit">
            Save
          </Button>
          <Button onClick={close}>Cancel</Button>
        </div>
      </Form>
    </Dialog>
  );
};

type LimitProps = { budget: BudgetStateFragment; limit: number | null; isHard: boolean };

/** What becomes of lookups when the new limit is below what is spent and reserved. */
const LimitNote = ({
  budget: { spent, reserved, renewsAt, timeZone },
  limit,
  isHard,
}: LimitProps): JSX.Element | null => {
  if (limit === null || limit >= spent + reserved) return null;
  const used = `${formatCredits(spent)} spent${reserved === 0 ? '' : ` and ${formatNumber(reserved)} reserved`}`;
  const until = renewsAt === null ? '' : ` until ${formatRenewal(renewsAt, timeZone)}`;
  return (
    <p class="note" role="status">
      This is below what the period uses: {used}. Lookups in flight are finished and counted.{' '}
      {isHard
        ? `New lookups that cost credits are blocked${until}; unlocked records stay free.`
        : 'Nothing is blocked. Thresholds that are reached raise their alerts at once.'}
    </p>
  );
};

/** Offers to count the period again from its start: for a budget that has counted from its creation. */
const Recount = ({ budget, limit, isHard }: LimitProps): JSX.Element | null => {
  const { scope, subject, period, timeZone } = budget;
  const { spent } = useSpent({ scope, subject: subject ?? '', period, timeZone });
  if (spent === undefined || spent.credits + spent.sandboxCredits <= budget.spent) return null;
  return (
    <CheckField
      name="recount"
      label="Count this period again, from its start"
      help={
        <>
          The budget has counted {formatCredits(budget.spent)}. It would count{' '}
          <SpentNote spent={spent} timeZone={timeZone} limit={limit} isHard={isHard} />
        </>
      }
    />
  );
};
