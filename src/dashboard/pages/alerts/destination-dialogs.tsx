import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import {
  type AlertDestinationKind,
  CreateAlertDestinationDocument,
  DeleteAlertDestinationDocument,
  UpdateAlertDestinationDocument,
} from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Dialog } from '../../ui/dialog.js';
import { Form, type FormError, type FormValues } from '../../ui/form.js';
import { useNotices } from '../../ui/notice.js';
import type { Destination } from './alert-words.js';
import { changesOf, readDestination } from './destination-changes.js';
import { DestinationFields } from './destination-fields.js';
import { type ShownSecret, WebhookSecret } from './webhook-secret.js';

/** Creates a destination; the dialog then shows the secret of a signed webhook. */
export const NewDestinationDialog = ({ close }: { close: () => void }): JSX.Element => {
  const { run } = useChange(CreateAlertDestinationDocument);
  const { announce } = useNotices();
  const [kind, setKind] = useState<AlertDestinationKind>('SLACK');
  const [created, setCreated] = useState<ShownSecret | null>(null);
  if (created !== null) return <WebhookSecret shown={created} close={close} />;

  const submit = async (form: FormValues): Promise<readonly FormError[]> => {
    const { typed, errors } = readDestination(form, kind);
    if (errors.length > 0) return errors;
    const { createAlertDestination: done } = await run({ input: { kind, ...typed } });
    if (done.destination === null) return done.userErrors;
    const { name } = done.destination;
    announce(`Alerts are sent to ${name} from now on.`);
    if (done.webhookSecret === null) close();
    else setCreated({ name, secret: done.webhookSecret, previousExpiresAt: null });
    return [];
  };
  return (
    <Dialog title="Add a destination" close={close}>
      <Form label="Add a destination" submit={submit}>
        <DestinationFields destination={null} kind={kind} chooseKind={setKind} />
        <Buttons send="Add destination" close={close} />
      </Form>
    </Dialog>
  );
};

type DestinationDialogProps = { destination: Destination; close: () => void };

/** Changes a destination. What was not touched in the form is not sent, so that it keeps what another user changed. */
export const EditDestinationDialog = ({ destination, close }: DestinationDialogProps): JSX.Element => {
  const { run } = useChange(UpdateAlertDestinationDocument);
  const { announce } = useNotices();
  const { current: opened } = useRef(destination);
  const submit = async (form: FormValues): Promise<readonly FormError[]> => {
    const { typed, errors } = readDestination(form, opened.kind);
    if (errors.length > 0) return errors;
    const input = changesOf(opened, typed);
    if (input !== null) {
      const { updateAlertDestination: done } = await run({ input });
      if (done.destination === null) return done.userErrors;
      announce(`${done.destination.name} was changed.`);
    }
    close();
    return [];
  };
  return (
    <Dialog title={`Edit ${opened.name}`} close={close}>
      <Form label={`Edit ${opened.name}`} submit={submit}>
        <DestinationFields destination={opened} kind={opened.kind} chooseKind={() => {}} />
        <Buttons send="Save" close={close} />
      </Form>
    </Dialog>
  );
};

const Buttons = ({ send, close }: { send: string; close: () => void }): JSX.Element => (
  <div class="buttons">
    <Button kind="primary" type="submit">
      {send}
    </Button>
    <Button onClick={close}>Cancel</Button>
  </div>
);

export const DeleteDestinationDialog = ({ destination, close }: DestinationDialogProps): JSX.Element => {
  const { run } = useChange(DeleteAlertDestinationDocument);
  const { announce } = useNotices();
  const { id, name } = destination;
  return (
    <ConfirmDialog
      title={`Delete ${name}`}
      action="Delete destination"
      close={close}
      confirm={async () => {
        const { deleteAlertDestination: done } = await run({ id });
        if (done.deletedId !== null) announce(`${name} was deleted.`);
        return done.userErrors;
      }}
    >
      <p>Nothing more is sent there. Its deliveries are deleted with it; the alerts stay.</p>
    </ConfirmDialog>
  );
};
