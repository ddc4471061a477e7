import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useFieldError } from './form.js';

export type FieldProps = {
  /** The control's name: the API's input field. */
  name: string;
  label: string;
  help?: ComponentChildren;
  /** What to do if it is left empty, without a full stop: Enter a name. Left out: it may be empty. */
  required?: string;
  isDisabled?: boolean;
};

type ControlProps = {
  id: string;
  name: string;
  disabled: boolean;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean | undefined;
  'data-required': string | undefined;
};

/** A control under its label, with help and the error that belongs to it. */
export const Field = ({
  name,
  label,
  help,
  required,
  isDisabled = false,
  render,
}: FieldProps & { render: (control: ControlProps) => ComponentChildren }): JSX.Element => {
  const id = useId();
  const error = useFieldError(name);
  const described = [help === undefined ? '' : `${id}-help`, error === null ? '' : `${id}-error`];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {render({
        id,
        name,
        disabled: isDisabled,
        'aria-describedby': described.filter(Boolean).join(' ') || undefined,
        'aria-invalid': error === null ? undefined : true,
        'data-required': required,
      })}
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
    </div>
  );
};

export type TextFieldProps = FieldProps & {
  type?: 'text' | 'password' | 'email' | 'url' | 'search' | 'date' | 'datetime-local';
  value?: string;
  placeholder?: string;
  maxLength?: number;
  /** Offered while typing, each with a note beside it if need be. */
  suggestions?: readonly (string | { value: string; note: string })[];
  onInput?: (value: string) => void;
};

export const TextField = ({
  type = 'text',
  value,
  placeholder,
  maxLength,
  suggestions,
  onInput,
  ...field
}: TextFieldProps): JSX.Element => {
  const listId = useId();
  return (
    <Field
      {...field}
      render={(control) => (
        <>
          <input
            {...control}
            type={type}
            defaultValue={value}
            placeholder={placeholder}
            maxLength={maxLength}
            autocomplete="off"
            spellcheck={false}
            list={suggestions === undefined ? undefined : listId}
            onInput={({ currentTarget }) => onInput?.(currentTarget.value)}
          />
          {suggestions === undefined ? null : (
            <datalist id={listId}>
              {suggestions.map((one) =>
                typeof one === 'string' ? (
                  <option key={one} value={one} />
                ) : (
                  <option key={one.value} value={one.value} label={one.note} />
                ),
              )}
            </datalist>
          )}
        </>
      )}
    />
  );
};

/** A whole number, such as credits. */
export const NumberField = ({
  value,
  min = 0,
  max,
  onInput,
  ...field
}: FieldProps & {
  value?: number | null;
  min?: number;
  max?: number;
  onInput?: (value: string) => void;
}): JSX.Element => (
  <Field
    {...field}
    render={(control) => (
      <input
        {...control}
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        step={1}
        defaultValue={value === null || value === undefined ? '' : String(value)}
        onInput={({ currentTarget }) => onInput?.(currentTarget.value)}
      />
    )}
  />
);

export type Option = { value: string; title: string; isDisabled?: boolean };

export const SelectField = ({
  value,
  options,
  onChange,
  ...field
}: FieldProps & {
  value?: string;
  options: readonly Option[];
  onChange?: (value: string) => void;
}): JSX.Element => (
  <Field
    {...field}
    render={(control) => (
      <select {...control} onChange={({ currentTarget }) => onChange?.(currentTarget.value)}>
        {options.map((option) => (
          <option
            key={option.value}
            value={option.value}
            selected={option.value === value}
            disabled={option.isDisabled ?? false}
          >
            {option.title}
          </option>
        ))}
      </select>
    )}
  />
);

export const TextAreaField = ({
  value,
  rows = 4,
  placeholder,
  onInput,
  ...field
}: FieldProps & {
  value?: string;
  rows?: number;
  placeholder?: string;
  onInput?: (value: string) => void;
}): JSX.Element => (
  <Field
    {...field}
    render={(control) => (
      <textarea
        {...control}
        rows={rows}
        placeholder={placeholder}
        spellcheck={false}
        defaultValue={value}
        onInput={({ currentTarget }) => onInput?.(currentTarget.value)}
      />
    )}
  />
);

/** A checkbox beside its label. */
export const CheckField = ({
  name,
  label,
  help,
  value = 'on',
  isChecked = false,
  isDisabled = false,
  onChange,
}: {
  name: string;
  label: ComponentChildren;
  help?: ComponentChildren;
  value?: string;
  isChecked?: boolean;
  isDisabled?: boolean;
  onChange?: (isChecked: boolean) => void;
}): JSX.Element => {
  const id = useId();
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        name={name}
        value={value}
        defaultChecked={isChecked}
        disabled={isDisabled}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onChange={({ currentTarget }) => onChange?.(currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {help === undefined ? null : (
        <p class="note" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
};
