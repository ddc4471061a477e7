import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { RecordField } from '../../api/operations.js';
import { CheckField, type Option, SelectField } from '../../ui/field.js';
import { formatPrices, recordFieldTitle } from '../../ui/format.js';
import { providerOf, recordFields, type Step, type StepChoices, titleOf } from './steps.js';
import { useStepDrag } from './use-step-drag.js';

type Editing = {
  change: (step: Step) => void;
  move: (direction: 'up' | 'down') => void;
  remove: () => void;
};

type StepCardProps = {
  step: Step;
  /** Its index. */
  at: number;
  count: number;
  choices: StepChoices;
  /** Left out: it is only shown. */
  editing?: Editing;
};

/** One step: whom it calls, what that costs, what the record must have. */
export const StepCard = ({ step, at, count, choices, editing }: StepCardProps): JSX.Element => {
  const card = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLSpanElement>(null);
  const { edge, isDragged } = useStepDrag({ card, handle, stepKey: step.key });
  const title = titleOf(step.payer, choices);
  const provider = providerOf(step.payer, choices);
  const classes = ['call-step', edge === null ? '' : `drop-${edge}`, isDragged ? 'dragged' : ''];
  return (
    <li ref={card} class={classes.filter(Boolean).join(' ')} data-step={step.key}>
      <div class="step-head">
        {editing === undefined ? null : (
          <span ref={handle} class="handle" title="Drag to move" aria-hidden="true">
            ⠿
          </span>
        )}
        <span class="step-number">{at + 1}</span>
        <div class="step-payer">
          {editing === undefined ? (
            title
          ) : (
            <SelectField
              name={`step-${step.key}`}
              label={`Step ${at + 1} calls`}
              value={step.payer}
              options={optionsOf(step.payer, choices)}
              onChange={(payer) => editing.change({ ...step, payer })}
            />
          )}
        </div>
        <span class="step-price">{provider === null ? '–' : formatPrices(provider)}</span>
        {editing === undefined ? null : <StepButtons title={title} at={at} count={count} editing={editing} />}
      </div>
      <Require step={step} at={at} count={count} {...(editing === undefined ? {} : { editing })} />
    </li>
  );
};

const StepButtons = ({
  title,
  at,
  count,
  editing: { move, remove },
}: {
  title: string;
  at: number;
  count: number;
  editing: Editing;
}): JSX.Element => (
  <div class="row-tools">
    <button
      type="button"
      class="button plain"
      data-move="up"
      disabled={at === 0}
      aria-label={`Move up: step ${at + 1}, ${title}`}
      onClick={() => move('up')}
    >
      Move up
    </button>
    <button
      type="button"
      class="button plain"
      data-move="down"
      disabled={at === count - 1}
      aria-label={`Move down: step ${at + 1}, ${title}`}
      onClick={() => move('down')}
    >
      Move down
    </button>
    <button
      type="button"
      class="button plain"
      data-remove
      disabled={count === 1}
      aria-label={`Remove: step ${at + 1}, ${title}`}
      onClick={remove}
    >
      Remove
    </button>
  </div>
);

/** The fields that a record of the step must have; else later steps run. */
const Require = ({
  step,
  at,
  count,
  editing,
}: Pick<StepCardProps, 'step' | 'at' | 'count' | 'editing'>): JSX.Element => {
  const { require } = step;
  const names = recordFields.filter((field) => require.includes(field)).map(recordFieldTitle);
  const what =
    names.length > 0
      ? `Requires ${names.join(', ').toLowerCase()}`
      : at === count - 1
        ? 'Accepts any record'
        : 'Accepts any record, so later steps run only if it has none';
  if (editing === undefined) return <p class="note step-require">{what}</p>;
  const toggle = (field: RecordField, isChecked: boolean): void =>
    editing.change({
      ...step,
      require: isChecked ? [...require, field] : require.filter((one) => one !== field),
    });
  return (
    <details class="step-require">
      <summary class="note">{what}</summary>
      <fieldset class="group">
        <legend>Required fields of step {at + 1}</legend>
        <div class="required-fields">
          {recordFields.map((field) => (
            <CheckField
              key={field}
              name={`require-${step.key}`}
              value={field}
              label={recordFieldTitle(field)}
              isChecked={require.includes(field)}
              onChange={(isChecked) => toggle(field, isChecked)}
            />
          ))}
        </div>
      </fieldset>
    </details>
  );
};

const optionsOf = (payer: string, choices: StepChoices): Option[] => {
  const { providers, connections } = choices;
  const known = providers.flatMap(({ name, title }): Option[] => [
    { value: name, title },
    ...connections
      .filter(({ provider }) => provider === name)
      .map((one) => ({
        value: one.id,
        title: `${title}: ${one.name}${one.sandbox ? ' (sandbox)' : ''}${one.isDisabled ? ' (disabled)' : ''}`,
      })),
  ]);
  return known.some(({ value }) => value === payer)
    ? known
    : [...known, { value: payer, title: titleOf(payer, choices) }];
};
