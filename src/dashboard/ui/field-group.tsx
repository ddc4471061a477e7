import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useFieldError } from './form.js';

/** Controls of one name that belong together, such as checkboxes, with the error that belongs to them. */
export const FieldGroup = ({
  name,
  title,
  help,
  children,
}: {
  name: string;
  title: string;
  help?: ComponentChildren;
  children: ComponentChildren;
}): JSX.Element => {
  const id = useId();
  const error = useFieldError(name);
  return (
    <fieldset class="group" aria-describedby={error === null ? undefined : id}>
      <legend>{title}</legend>
      {children}
      {help === undefined ? null : <p class="note">{help}</p>}
      {error === null ? null : (
        <p class="wrong" id={id} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
};
