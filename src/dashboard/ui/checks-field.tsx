import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useFieldError } from './form.js';
import type { Option } from './field.js';

/** A choice of several: checkboxes under a legend, with the error that belongs to them. */
export const ChecksField = ({
  name,
  label,
  options,
  values,
  help,
}: {
  name: string;
  label: string;
  options: readonly Option[];
  /** What is chosen at first. */
  values: readonly string[];
  help?: string;
}): JSX.Element => {
  const id = useId();
  const error = useFieldError(name);
  const described = [help === undefined ? '' : `${id}-help`, error === null ? '' : `${id}-error`];
  return (
    <fieldset class="group" aria-describedby={described.filter(Boolean).join(' ') || undefined}>
      <legend>{label}</legend>
      {options.map(({ value, title }) => (
        <label key={value} class="check">
          <input
            type="checkbox"
            name={name}
            value={value}
            defaultChecked={values.includes(value)}
            aria-invalid={error === null ? undefined : true}
          />
          <span>{title}</span>
        </label>
      ))}
      {help === undefined ? null : (
        <p class="note" id={`${id}-help`}>
          {help}
        </p>
      )}
      {error === null ? null : (
        <p class="wrong" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
};
