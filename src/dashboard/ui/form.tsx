import { type ComponentChildren, createContext, type JSX } from 'preact';
import { useContext, useRef, useState } from 'preact/hooks';
import { fieldOf, messageOf } from '../api/request-error.js';

/** Why a change was refused: the API's UserError, or what the form itself found. */
export type FormError = { message: string; field?: readonly string[] | null };

/** What was typed into a form. */
export type FormValues = {
  /** The text of a control without blanks around it; '' if there is none. */
  text: (name: string) => string;
  /** All values of a control that allows several. */
  all: (name: string) => string[];
  isChecked: (name: string) => boolean;
};

type FormState = { errors: ReadonlyMap<string, string>; isSending: boolean };

const FormContext = createContext<FormState>({ errors: new Map(), isSending: false });

/** The error of a field in the form around it; null if there is none. */
export const useFieldError = (name: string): string | null =>
  useContext(FormContext).errors.get(name) ?? null;

/** Whether the form around it is being sent, so that its buttons wait. */
export const useIsSending = (): boolean => useContext(FormContext).isSending;

export type FormProps = {
  /** Its name for screen readers. */
  label: string;
  /** A message from outside that is shown above the buttons. */
  failure?: string;
  /**
   * Sends the form. Returns why it was not done; empty for success. An error whose `field` ends in the name of a control is
   * shown at that control, another one below the fields. What it throws is shown, too.
   */
  submit: (values: FormValues) => Promise<readonly FormError[]>;
  children: ComponentChildren;
};

/**
 * A form that is sent once at a time. Required controls that are empty get their message (`data-required`), as do numbers
 * and dates that are incomplete, and nothing is sent. The first control with an error gets the focus, and nothing that was
 * typed is lost.
 */
export const Form = ({ label, failure = '', submit, children }: FormProps): JSX.Element => {
  const form = useRef<HTMLFormElement>(null);
  const [state, setState] = useState<FormState>({ errors: new Map(), isSending: false });
  const [problem, setProblem] = useState('');

  const show = (found: readonly FormError[]): void => {
    const element = form.current;
    if (element === null) return;
    const errors = new Map<string, string>();
    const others: string[] = [];
    for (const { field, message } of found) {
      const name = field?.findLast((part) => element.elements.namedItem(part) !== null);
      if (name === undefined) others.push(message);
      else errors.set(name, [errors.get(name), message].filter(Boolean).join(' '));
    }
    setState({ errors, isSending: false });
    setProblem(others.join(' '));
    const [first] = errors.keys();
    const control = first === undefined ? null : element.elements.namedItem(first);
    const target = control instanceof RadioNodeList ? control[0] : control;
    if (!(target instanceof HTMLElement)) return;
    const folded = target.closest('details');
    if (folded !== null) folded.open = true;
    target.focus();
  };

  const send = async (): Promise<void> => {
    const element = form.current;
    if (element === null || state.isSending) return;
    const faults = [...unreadFields(element), ...emptyFields(element)];
    if (faults.length > 0) {
      show(faults);
      return;
    }
    setState({ errors: new Map(), isSending: true });
    setProblem('');
    try {
      show(await submit(valuesOf(element)));
    } catch (error) {
      show([{ message: messageOf(error), field: fieldOf(error) }]);
    }
  };

  return (
    <form
      ref={form}
      class="form"
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <FormContext.Provider value={state}>{children}</FormContext.Provider>
      <p class="wrong" role="alert">
        {problem === '' ? failure : problem}
      </p>
    </form>
  );
};

const valuesOf = (form: HTMLFormElement): FormValues => {
  const data = new FormData(form);
  const texts = (name: string): string[] =>
    data.getAll(name).map((value) => (typeof value === 'string' ? value.trim() : ''));
  return { text: (name) => texts(name)[0] ?? '', all: texts, isChecked: (name) => data.has(name) };
};

/** Numbers and dates that are incomplete. Their value is '', and must not be sent as if nothing had been entered. */
const unreadFields = (form: HTMLFormElement): FormError[] =>
  [...form.querySelectorAll<HTMLInputElement>('input:enabled')]
    .filter(({ validity }) => validity.badInput)
    .map(({ name, type }) => ({
      field: [name],
      message: type === 'number' ? 'Enter a whole number.' : 'Enter a complete date.',
    }));

const emptyFields = (form: HTMLFormElement): FormError[] =>
  [...form.querySelectorAll<HTMLInputElement>('[data-required]:enabled')]
    .filter(({ validity }) => !validity.badInput)
    .filter(({ type, name, value }) =>
      type === 'radio' ? !new FormData(form).has(name) : value.trim() === '',
    )
    .map(({ name, dataset }) => ({ field: [name], message: `${dataset['required'] ?? 'Enter a value'}.` }));
