import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useLocation, useSearchParams } from 'wouter-preact';
import {
  DeleteViewDocument,
  SavedViewsDocument,
  type SavedViewsQuery,
  SaveViewDocument,
} from '../../api/operations.js';
import { useChange, useReading } from '../../api/use-operation.js';
import { rolesWith, useSession } from '../../app/session.js';
import { useCredits } from '../../app/use-credits.js';
import { type AddressParameters, creditsParameter, useView } from '../../app/use-view.js';
import { viewParameters } from '../../time/view.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Dialog } from '../../ui/dialog.js';
import { EmptyState } from '../../ui/empty-state.js';
import { TextField } from '../../ui/field.js';
import { Form } from '../../ui/form.js';
import { Link } from '../../ui/link.js';
import { useNotices } from '../../ui/notice.js';
import { Shown } from '../../ui/panel.js';

type View = SavedViewsQuery['savedViews']['nodes'][number];

/** The views that the workspace has saved: open one, delete one, or save what is shown. */
export const SavedViewsDialog = ({ close }: { close: () => void }): JSX.Element => {
  const reading = useReading(SavedViewsDocument, {});
  const [deleted, setDeleted] = useState<View | null>(null);
  return (
    <Dialog title="Saved views" close={close}>
      <Shown reading={reading}>
        {({ savedViews: { nodes } }) => (
          <>
            {nodes.length === 0 ? (
              <EmptyState title="No view is saved yet.">
                A view keeps the period, groups and filters under a name, for everybody in the workspace.
              </EmptyState>
            ) : (
              <ul class="rows">
                {nodes.map((view) => (
                  <SavedViewRow key={view.id} view={view} open={close} remove={() => setDeleted(view)} />
                ))}
              </ul>
            )}
            <SaveForm names={nodes.map(({ name }) => name)} />
          </>
        )}
      </Shown>
      {deleted === null ? null : <DeleteView view={deleted} close={() => setDeleted(null)} />}
    </Dialog>
  );
};

const SavedViewRow = ({
  view,
  open,
  remove,
}: {
  view: View;
  open: () => void;
  remove: () => void;
}): JSX.Element => {
  const { viewer, may } = useSession();
  const { path, parameters } = readAddress(view.address);
  const isOwn = view.createdBy?.id === viewer.token.id;
  return (
    <li class="row">
      <span class="row-text">
        {/* A click on the link closes the dialog, also where it leads to the page that is open. */}
        <span onClick={open}>
          <Link to={path} parameters={parameters}>
            {view.name}
          </Link>
        </span>
        <span class="note"> by {view.createdBy?.name ?? 'a deleted token'}</span>
      </span>
      {may('MANAGE_VIEWS') || (isOwn && may('SAVE_VIEWS')) ? (
        <span class="row-tools">
          <Button kind="plain" label={`Delete ${view.name}`} onClick={remove}>
            Delete
          </Button>
        </span>
      ) : null}
    </li>
  );
};

/** The path of a view and its parameters. Period, zone and credits are its own, so those of the present page are left out. */
const readAddress = (address: string): { path: string; parameters: AddressParameters } => {
  const { pathname, searchParams } = new URL(address, 'http://gateway.invalid');
  const own = [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]);
  return {
    path: pathname,
    parameters: {
      ...Object.fromEntries([...viewParameters, creditsParameter].map((name) => [name, null])),
      ...Object.fromEntries(own),
    },
  };
};

/** Saves what is shown. Time zone and credits are saved, too: a view shows the same to everybody. */
const SaveForm = ({ names }: { names: readonly string[] }): JSX.Element => {
  const { may } = useSession();
  const { announce } = useNotices();
  const { timeZone } = useView();
  const { sandbox } = useCredits();
  const [path] = useLocation();
  const [parameters] = useSearchParams();
  const { run } = useChange(SaveViewDocument);
  const [name, setName] = useState('');
  if (!may('SAVE_VIEWS')) {
    return <p class="note">Saving a view needs the role {rolesWith('SAVE_VIEWS')}.</p>;
  }
  const save = async (chosen: string): ReturnType<Parameters<typeof Form>[0]['submit']> => {
    const kept = new URLSearchParams(parameters);
    for (const momentary of ['receipt', 'after']) kept.delete(momentary);
    kept.set('zone', timeZone);
    kept.set(creditsParameter, sandbox ? 'sandbox' : 'real');
    const { saveView } = await run({ name: chosen, address: `${path}?${kept.toString()}` });
    if (saveView.userErrors.length === 0) announce(`The view "${chosen}" is saved.`);
    return saveView.userErrors;
  };
  return (
    <>
      <h3>Save what is shown</h3>
      <Form label="Save view" submit={(form) => save(form.text('name'))}>
        <TextField name="name" label="Name" required="Enter a name" maxLength={100} onInput={setName} />
        <div class="buttons">
          <Button kind="primary" type="submit">
            {names.includes(name.trim()) ? 'Replace view' : 'Save view'}
          </Button>
        </div>
      </Form>
    </>
  );
};

const DeleteView = ({ view, close }: { view: View; close: () => void }): JSX.Element => {
  const { run } = useChange(DeleteViewDocument);
  return (
    <ConfirmDialog
      title="Delete view"
      action="Delete view"
      confirm={async () => (await run({ id: view.id })).deleteView.userErrors}
      close={close}
    >
      <p>“{view.name}” is deleted for everybody in the workspace.</p>
    </ConfirmDialog>
  );
};
