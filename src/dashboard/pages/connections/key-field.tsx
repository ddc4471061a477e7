import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';

/**
 * The field of a provider's key. The key is nowhere else on the page, and is removed from the field when the field goes.
 * `sandboxKey`: a key that a button fills in; null for none.
 */
export const KeyField = ({
  label = 'Key',
  sandboxKey,
  prefix,
}: {
  label?: string;
  sandboxKey: string | null;
  /** How a key begins, as a placeholder: fbl_… */
  prefix?: string;
}): JSX.Element => {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const element = input.current;
    return () => {
      if (element !== null) element.value = '';
    };
  }, []);
  const fill = (): void => {
    if (input.current === null) return;
    input.current.value = sandboxKey ?? '';
    input.current.focus();
  };
  return (
    <>
      <Field
        name="key"
        label={label}
        required="Paste the key"
        help="It is encrypted when it is stored, and never shown again."
        render={(control) => (
          <input
            {...control}
            ref={input}
            type="password"
            placeholder={prefix}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
          />
        )}
      />
      {sandboxKey === null ? null : (
        <div class="buttons">
          <Button onClick={fill}>Use a sandbox key</Button>
          <span class="note">It finds invented records and spends no real credits.</span>
        </div>
      )}
    </>
  );
};
