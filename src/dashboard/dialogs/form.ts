import { make } from '../make-element.js';
import type { UserError } from '../operation.js';
import { messageOf } from '../panel.js';

type Control = HTMLInputElement | HTMLSelectElement;

/** A control under its label, with a few words of help. The control's name is the API's field. */
export const makeField = (label: string, control: Control, help?: string): HTMLElement => {
  const id = `field-${control.name}`;
  control.id = id;
  if (help !== undefined) control.setAttribute('aria-describedby', `${id}-help`);
  return make(
    'div',
    { class: 'field' },
    make('label', { for: id }, label),
    control,
    help === undefined ? null : make('p', { class: 'note', id: `${id}-help` }, help),
  );
};

/** A list to choose one of. */
export const makeSelect = (
  name: string,
  options: readonly (readonly [value: string, title: string])[],
  chosen?: string,
): HTMLSelectElement =>
  make(
    'select',
    { name },
    ...options.map(([value, title]) => make('option', { value, selected: value === chosen }, title)),
  );

export type Form = {
  element: HTMLFormElement;
  /** What was typed into the control of this name, without blanks around it. */
  text: (name: string) => string;
};

/**
 * A form that sends once at a time. `send` answers why it was not done; an empty list is success. What went wrong is
 * said above the buttons, in a region that screen readers hear, and the field at fault gets the focus.
 */
export const makeForm = (
  content: readonly HTMLElement[],
  buttons: { send: string; others?: readonly HTMLElement[] },
  send: (form: Form) => Promise<readonly UserError[]>,
): Form => {
  const wrong = make('p', { class: 'wrong', role: 'alert' });
  const sender = make('button', { type: 'submit', class: 'primary' }, buttons.send);
  const element = make(
    'form',
    { novalidate: true },
    ...content,
    wrong,
    make('div', { class: 'buttons' }, sender, ...(buttons.others ?? [])),
  );
  const form: Form = {
    element,
    text: (name) => {
      const control = element.elements.namedItem(name);
      return control !== null && 'value' in control ? control.value.trim() : '';
    },
  };
  const submit = async (): Promise<void> => {
    sender.disabled = true;
    wrong.textContent = '';
    try {
      const errors = await send(form);
      wrong.textContent = errors.map(({ message }) => message).join(' ');
      const control = element.elements.namedItem(errors[0]?.field?.at(-1) ?? '');
      if (control instanceof HTMLElement) control.focus();
    } catch (error) {
      wrong.textContent = messageOf(error);
    } finally {
      sender.disabled = false;
    }
  };
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  return form;
};
