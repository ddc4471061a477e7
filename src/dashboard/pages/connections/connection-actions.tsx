import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  DeleteConnectionDocument,
  DisableConnectionDocument,
  RenameConnectionDocument,
} from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { useSession } from '../../app/session.js';
import { useParameter } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/field.js';
import { Form } from '../../ui/form.js';
import { providerTitle } from '../../ui/format.js';
import { useNotices } from '../../ui/notice.js';
import type { Connection } from './connection-state.js';
import { RotateKeyDialog } from './rotate-key-dialog.js';
import { useConnectionActions } from './use-connection-actions.js';

type Open = 'ROTATE' | 'RENAME' | 'DISABLE' | 'DELETE' | null;

/** The buttons of one connection, with their dialogs. A plan without keys of its own can still remove a connection. */
export const ConnectionActions = ({ connection }: { connection: Connection }): JSX.Element | null => {
  const { may, hasOwnKeys } = useSession();
  const { verify, makeDefault, enable } = useConnectionActions(connection);
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => setOpen(null);
  if (!may('MANAGE_CONNECTIONS')) return null;
  return (
    <>
      {hasOwnKeys ? (
        <>
          <Button onClick={verify}>Verify</Button>
          <Button onClick={() => setOpen('ROTATE')}>Rotate key</Button>
        </>
      ) : null}
      <Button onClick={() => setOpen('RENAME')}>Rename</Button>
      {connection.isDefault || !hasOwnKeys ? null : <Button onClick={makeDefault}>Make default</Button>}
      {connection.isDisabled ? (
        <Button onClick={enable}>Enable</Button>
      ) : (
        <Button onClick={() => setOpen('DISABLE')}>Disable</Button>
      )}
      <Button kind="danger" onClick={() => setOpen('DELETE')}>
        Delete
      </Button>
      {open === 'ROTATE' ? <RotateKeyDialog connection={connection} close={close} /> : null}
      {open === 'RENAME' ? <RenameDialog connection={connection} close={close} /> : null}
      {open === 'DISABLE' ? <DisableDialog connection={connection} close={close} /> : null}
      {open === 'DELETE' ? <DeleteDialog connection={connection} close={close} /> : null}
    </>
  );
};

type DialogProps = { connection: Connection; close: () => void };

const RenameDialog = ({ connection: { id, name }, close }: DialogProps): JSX.Element => {
  const { announce } = useNotices();
  const { run } = useChange(RenameConnectionDocument);
  return (
    <Dialog title={`Rename ${name}`} close={close}>
      <Form
        label="Rename"
        submit={async (values) => {
          const after = values.text('name');
          const { renameConnection } = await run({ input: { id, name: after } });
          if (renameConnection.userErrors.length === 0) {
            close();
            announce(`${name} is called ${after} now.`);
          }
          return renameConnection.userErrors;
        }}
      >
        <TextField name="name" label="Name" value={name} required="Enter a name" maxLength={100} />
        <Button kind="primary" type="submit">
          Rename
        </Button>
      </Form>
    </Dialog>
  );
};

const DisableDialog = ({ connection: { id, name, isDefault }, close }: DialogProps): JSX.Element => {
  const { announce } = useNotices();
  const { run } = useChange(DisableConnectionDocument);
  return (
    <ConfirmDialog
      title={`Disable ${name}`}
      action="Disable connection"
      close={close}
      confirm={async () => {
        const { disableConnection } = await run({ id });
        if (disableConnection.userErrors.length === 0) announce(`${name} is disabled.`);
        return disableConnection.userErrors;
      }}
    >
      <p>Lookups that name it are refused until it is enabled again.</p>
      {isDefault ? (
        <p>
          It is the default connection: lookups that name none are refused as well, because no other payer
          replaces it.
        </p>
      ) : null}
    </ConfirmDialog>
  );
};

const DeleteDialog = ({ connection: { id, name, isDefault, provider }, close }: DialogProps): JSX.Element => {
  const { announce } = useNotices();
  const { run } = useChange(DeleteConnectionDocument);
  const [, openConnection] = useParameter('connection');
  return (
    <ConfirmDialog
      title={`Delete ${name}`}
      action="Delete connection"
      close={close}
      confirm={async () => {
        const { deleteConnection } = await run({ id });
        if (deleteConnection.userErrors.length === 0) {
          announce(`${name} was deleted.`);
          openConnection(null);
        }
        return deleteConnection.userErrors;
      }}
    >
      <p>
        The gateway erases its key. Its history stays, and so do the unlocks of its account: they are free
        again when the same key is added again.
      </p>
      <p>Lookups and waterfalls that name it are refused from then on.</p>
      {isDefault ? (
        <p>{providerTitle(provider)} has no default connection then, until you choose one.</p>
      ) : null}
    </ConfirmDialog>
  );
};
