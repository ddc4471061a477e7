import type { ComponentChildren, JSX } from 'preact';
import {
  type AlertEvent,
  BudgetDestinationsDocument,
  type BudgetDestinationFragment,
} from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { NumberField, SelectField, TextField } from '../../ui/field.js';
import type { FormError, FormValues } from '../../ui/form.js';
import { formatNumber } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import {
  type Changeable,
  limitMax,
  modeTitles,
  readLimit,
  readThresholds,
  writeThresholds,
} from './budget-input.js';

/** The fields of a budget that can change, around those of `children`, which can only be set once. */
export const BudgetFields = ({
  budget,
  onLimit,
  onMode,
  limitNote,
  children,
}: {
  /** The budget that is changed; null for a new one. */
  budget: (Changeable & { id: string }) | null;
  onLimit: (text: string) => void;
  onMode: (mode: string) => void;
  limitNote?: ComponentChildren;
  children?: ComponentChildren;
}): JSX.Element => (
  <>
    <TextField name="name" label="Name" value={budget?.name ?? ''} required="Enter a name" />
    {children}
    <div class="fields">
      <NumberField
        name="limit"
        label="Limit (credits)"
        value={budget?.limit ?? null}
        required="Enter a limit"
        onInput={onLimit}
      />
      <SelectField
        name="mode"
        label="Action at limit"
        value={budget?.mode ?? 'HARD'}
        options={[
          { value: 'HARD', title: modeTitles.HARD },
          { value: 'SOFT', title: modeTitles.SOFT },
        ]}
        onChange={onMode}
      />
    </div>
    {limitNote}
    <TextField
      name="thresholds"
      label="Alert at (% of the limit)"
      value={writeThresholds(budget?.thresholds ?? [80, 100])}
      help={<AlertedDestinations budgetId={budget?.id ?? null} />}
    />
  </>
);

/** Reads the fields that can change; null with the errors if one is malformed. */
export const readBudgetFields = (
  form: FormValues,
): { fields: Changeable; errors: readonly [] } | { fields: null; errors: readonly FormError[] } => {
  const limit = readLimit(form.text('limit'));
  const thresholds = readThresholds(form.text('thresholds'));
  if (limit !== null && thresholds !== null) {
    const mode = form.text('mode') === 'SOFT' ? 'SOFT' : 'HARD';
    return { fields: { name: form.text('name'), limit, mode, thresholds }, errors: [] };
  }
  return {
    fields: null,
    errors: [
      ...(limit === null
        ? [{ field: ['limit'], message: `Enter a whole number of credits, up to ${formatNumber(limitMax)}.` }]
        : []),
      ...(thresholds === null
        ? [{ field: ['thresholds'], message: 'Enter whole percentages, such as 80, 100.' }]
        : []),
    ],
  };
};

const thresholdEvent: AlertEvent = 'BUDGET_THRESHOLD';

/** The destinations that get the alerts of a budget; of a new one, those that get the alerts of all budgets. */
export const destinationsOf = (
  destinations: readonly BudgetDestinationFragment[],
  budgetId: string | null,
): BudgetDestinationFragment[] =>
  destinations.filter(
    ({ enabled, events, budgets }) =>
      enabled &&
      events.includes(thresholdEvent) &&
      (budgets === null || budgets.some(({ id }) => id === budgetId)),
  );

const AlertedDestinations = ({ budgetId }: { budgetId: string | null }): JSX.Element => {
  const { data } = useReading(BudgetDestinationsDocument, {});
  if (data === undefined) return <>Each raises one alert per period.</>;
  const names = destinationsOf(data.alertDestinations.nodes, budgetId).map(({ name }) => name);
  return (
    <>
      Each raises one alert per period.{' '}
      {names.length === 0 ? 'No destination gets it: add one on ' : `It is sent to ${names.join(', ')}. See `}
      <Link to="/alerts">Alerts</Link>.
    </>
  );
};
