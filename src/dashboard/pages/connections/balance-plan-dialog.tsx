import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type BalancePlanFieldsFragment as Plan, SetBalancePlanDocument } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { CheckField, Field, NumberField, TextField } from '../../ui/field.js';
import { Form, type FormError, type FormValues } from '../../ui/form.js';
import { useNotices } from '../../ui/notice.js';
import { ZoneSelect } from '../../ui/zone-select.js';
import { PoolFields, type PoolRow, readPools, rowOfPool } from './balance-pools.js';
import type { Connection } from './connection-state.js';
import { readWhole, wholeFault } from './record-balance-dialog.js';

/** Sets the balance plan of an account: what it gets each month, its add-on pools, and the thresholds of alerts. */
export const BalancePlanDialog = ({
  connection: { id, name, sandbox },
  plan,
  close,
}: {
  connection: Connection;
  plan: Plan | null;
  close: () => void;
}): JSX.Element => {
  const { announce } = useNotices();
  const view = useView();
  const { run } = useChange(SetBalancePlanDocument);
  const [timeZone, setTimeZone] = useState(plan?.timeZone ?? view.timeZone);
  const [pools, setPools] = useState<readonly PoolRow[]>(() =>
    (plan?.pools ?? []).map((pool) => rowOfPool(pool, plan?.timeZone ?? 'UTC')),
  );

  const submit = async (values: FormValues): Promise<readonly FormError[]> => {
    const monthlyCredits = readWhole(values.text('monthlyCredits'));
    const renewalDay = readWhole(values.text('renewalDay'));
    const thresholds = readThresholds(values.text('thresholds'));
    const read = readPools(pools, values, timeZone);
    const errors: FormError[] = [...read.errors];
    if (monthlyCredits === null) errors.push(wholeFault('monthlyCredits'));
    if (renewalDay === null)
      errors.push({ field: ['renewalDay'], message: 'Enter a day of the month, 1 to 31.' });
    if (thresholds === null)
      errors.push({ field: ['thresholds'], message: 'Enter percentages such as 80, 100.' });
    if (monthlyCredits === null || renewalDay === null || thresholds === null || errors.length > 0)
      return errors;
    const { setBalancePlan } = await run({
      input: {
        connection: id,
        monthlyCredits,
        renewalDay,
        rollover: values.isChecked('rollover'),
        timeZone,
        thresholds,
        pools: read.pools,
      },
    });
    if (setBalancePlan.userErrors.length === 0) {
      close();
      announce(`The balance plan of ${name} was saved.`);
    }
    return setBalancePlan.userErrors.map((error) => placeError(error, pools));
  };

  return (
    <Dialog title={`Balance plan of ${name}`} isWide close={close}>
      <Form label="Balance plan" submit={submit}>
        <p class="note">
          It applies to every connection of the account{sandbox ? ', which is a sandbox account' : ''}, to the
          past as well: record the balance whenever the plan changes.
        </p>
        <PlanFields plan={plan} timeZone={timeZone} chooseZone={setTimeZone} />
        <PoolFields rows={pools} change={setPools} />
        <Button kind="primary" type="submit">
          Save
        </Button>
      </Form>
    </Dialog>
  );
};

const PlanFields = ({
  plan,
  timeZone,
  chooseZone,
}: {
  plan: Plan | null;
  timeZone: string;
  chooseZone: (zone: string) => void;
}): JSX.Element => (
  <>
    <div class="fields">
      <NumberField
        name="monthlyCredits"
        label="Credits each month"
        required="Enter the credits"
        value={plan?.monthlyCredits ?? null}
      />
      <NumberField
        name="renewalDay"
        label="Renewal day"
        required="Enter a day of the month, 1 to 31"
        min={1}
        max={31}
        value={plan?.renewalDay ?? 1}
        help="Shorter months renew on their last day."
      />
      <Field
        name="timeZone"
        label="Time zone of renewals"
        render={({ id, name }) => <ZoneSelect id={id} name={name} value={timeZone} onChange={chooseZone} />}
      />
      <TextField
        name="thresholds"
        label="Alerts at (percent of the month’s credits)"
        value={(plan?.thresholds ?? [80, 100]).join(', ')}
        placeholder="80, 100"
        help="Leave it empty for no alerts."
      />
    </div>
    <CheckField
      name="rollover"
      label="Remaining credits are kept at a renewal"
      isChecked={plan?.rollover ?? true}
    />
  </>
);

/** Percentages, separated by commas or blanks; null for other text. */
const readThresholds = (text: string): number[] | null => {
  const parts = text.split(/[\s,;%]+/).filter((part) => part !== '');
  return parts.every((part) => /^\d{1,4}$/.test(part)) ? parts.map(Number) : null;
};

/** An error of a pool belongs to a field of its row. */
const placeError = (error: FormError, pools: readonly PoolRow[]): FormError => {
  const [first, at, field] = error.field ?? [];
  const row = first === 'pools' ? pools[Number(at)] : undefined;
  return row === undefined ? error : { ...error, field: [`${row.key}-${field ?? 'name'}`] };
};
