import type { ComponentChildren, JSX } from 'preact';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { Form, type FormError } from './form.js';

/** Asks before something is done that cannot be undone; `confirm` does it and returns why it was refused. */
export const ConfirmDialog = ({
  title,
  action,
  confirm,
  close,
  children,
}: {
  title: string;
  /** The text of the button: Delete budget. */
  action: string;
  confirm: () => Promise<readonly FormError[]>;
  close: () => void;
  children: ComponentChildren;
}): JSX.Element => (
  <Dialog title={title} close={close}>
    <Form
      label={title}
      submit={async () => {
        const errors = await confirm();
        if (errors.length === 0) close();
        return errors;
      }}
    >
      {children}
      <div class="buttons">
        <Button kind="danger" type="submit">
          {action}
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </Form>
  </Dialog>
);
