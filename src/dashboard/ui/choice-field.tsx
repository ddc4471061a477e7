import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useFieldError } from './form.js';

export type Choice = { value: string; title: string; note?: ComponentChildren };

/** A choice of a few, each in a box of its own: radio buttons under a legend. */
export const ChoiceField = ({
  name,
  label,
  choices,
  value,
  required,
  onChange,
}: {
  name: string;
  label: string;
  choices: readonly Choice[];
  /** What is chosen at first; left out: nothing. */
  value?: string;
  /** What to do if nothing is chosen, without a full stop: Choose an account. */
  required?: string;
  onChange?: (value: string) => void;
}): JSX.Element => {
  const id = useId();
  const error = useFieldError(name);
  return (
    <fieldset class="group" aria-describedby={error === null ? undefined : `${id}-error`}>
      <legend>{label}</legend>
      {choices.map((choice, at) => (
        <label key={choice.value} class="choice">
          <input
            type="radio"
            name={name}
            value={choice.value}
            defaultChecked={choice.value === value}
            data-required={at === 0 ? required : undefined}
            onChange={() => onChange?.(choice.value)}
          />
          <span>
            {choice.title}
            {choice.note === undefined ? null : <span class="note choice-note">{choice.note}</span>}
          </span>
        </label>
      ))}
      {error === null ? null : (
        <p class="wrong" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
};
