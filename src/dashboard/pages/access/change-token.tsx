import type { JSX } from 'preact';
import { RevokeTokenDocument, RotateTokenDocument, UpdateTokenDocument } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { useSession } from '../../app/session.js';
import { useView } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField } from '../../ui/field.js';
import { Form } from '../../ui/form.js';
import { formatInstant } from '../../ui/format.js';
import { useNotices } from '../../ui/notice.js';
import type { Token } from './describe-token.js';
import {
  type Choice,
  CommonFields,
  readExpiry,
  readRestrictions,
  RestrictionFields,
} from './token-fields.js';

type ChangeProps = { token: Token; close: () => void };

/** The dialog that changes everything of a token but its role. */
export const EditToken = ({
  token,
  connections,
  close,
}: ChangeProps & { connections: readonly Choice[] }): JSX.Element => {
  const { timeZone } = useView();
  const { run } = useChange(UpdateTokenDocument);
  const { announce } = useNotices();
  const isAdmin = token.role === 'ADMIN';
  return (
    <Dialog title={`Edit ${token.name}`} isWide close={close}>
      <Form
        label={`Edit ${token.name}`}
        submit={async (form) => {
          const { scopes, limits, errors } = readRestrictions(form);
          if (!isAdmin && errors.length > 0) return errors;
          const name = form.text('name');
          const expiresAt = readExpiry(form, token, timeZone);
          const { userErrors } = (
            await run({
              input: {
                id: token.id,
                ...(name === token.name ? {} : { name }),
                workflow: form.text('workflow') || null,
                ...(expiresAt === undefined ? {} : { expiresAt }),
                ...(isAdmin ? {} : { scopes, limits }),
              },
            })
          ).updateToken;
          if (userErrors.length === 0) {
            announce(`${name} is changed. Every instance applies it within a second.`);
            close();
          }
          return userErrors;
        }}
      >
        <CommonFields token={token} timeZone={timeZone} />
        {isAdmin ? null : <RestrictionFields token={token} connections={connections} />}
        <p class="note">The role cannot be changed: create another token.</p>
        <div class="buttons">
          <Button kind="primary" type="submit">
            Save
          </Button>
          <Button onClick={close}>Cancel</Button>
        </div>
      </Form>
    </Dialog>
  );
};

const overlaps = [
  { value: '0', title: 'None: the present secret ends at once' },
  { value: '300', title: '5 minutes' },
  { value: '3600', title: '1 hour' },
  { value: '86400', title: '1 day' },
  { value: '604800', title: '7 days' },
] as const;

/** The dialog that gives a token a new secret, which goes to `rotated`. */
export const RotateToken = ({
  token,
  close,
  rotated,
}: ChangeProps & { rotated: (name: string, secret: string, note: string) => void }): JSX.Element => {
  const { viewer } = useSession();
  const { timeZone } = useView();
  const { run } = useChange(RotateTokenDocument);
  const isOwn = viewer.token.id === token.id;
  return (
    <Dialog title={`Rotate ${token.name}`} close={close}>
      <Form
        label={`Rotate ${token.name}`}
        submit={async (form) => {
          const overlapSeconds = Number(form.text('overlapSeconds'));
          const {
            secret,
            token: after,
            userErrors,
          } = (await run({ id: token.id, overlapSeconds })).rotateToken;
          if (secret !== null) rotated(token.name, secret, rotationNote(after, isOwn, timeZone));
          return userErrors;
        }}
      >
        <p>
          The token gets a new secret. Its name, scopes, limits and use stay. During the overlap both secrets
          are valid, so that clients can be changed one by one.
        </p>
        <SelectField
          name="overlapSeconds"
          label="Overlap"
          value={isOwn ? '3600' : '86400'}
          options={isOwn ? overlaps.slice(1) : overlaps}
          help={
            isOwn
              ? 'You are signed in with this token. Sign in with the new secret before the overlap ends.'
              : 'A second rotation ends the overlap of the first.'
          }
        />
        <div class="buttons">
          <Button kind="primary" type="submit">
            Rotate
          </Button>
          <Button onClick={close}>Cancel</Button>
        </div>
      </Form>
    </Dialog>
  );
};

const rotationNote = (
  after: { previousSecretEndsAt: string | null } | null,
  isOwn: boolean,
  timeZone: string,
): string => {
  const endsAt = after?.previousSecretEndsAt ?? null;
  if (endsAt === null) return 'The secret before it is not valid any more.';
  return `The secret before it is valid until ${formatInstant(endsAt, timeZone)}.${
    isOwn ? ' You are signed in with that one: sign in again with the new secret.' : ''
  }`;
};

/** Asks before a token is revoked; says so if it is the viewer's own, or the last one that manages tokens. */
export const RevokeToken = ({
  token,
  isLastAdmin,
  close,
}: ChangeProps & { isLastAdmin: boolean }): JSX.Element => {
  const { viewer } = useSession();
  const { run } = useChange(RevokeTokenDocument);
  const { announce } = useNotices();
  return (
    <ConfirmDialog
      title={`Revoke ${token.name}`}
      action="Revoke token"
      close={close}
      confirm={async () => {
        const { userErrors } = (await run({ id: token.id })).revokeToken;
        if (userErrors.length === 0) announce(`${token.name} is revoked.`);
        return userErrors;
      }}
    >
      <p>
        All secrets of this token end within a second, on every instance. This cannot be undone. Its entries
        and reports stay.
      </p>
      {viewer.token.id === token.id ? (
        <p class="caution">You are signed in with this token: you will be signed out.</p>
      ) : null}
      {isLastAdmin ? (
        <p class="caution">
          It is the last ADMIN token. After this only the operator can create tokens, with the command{' '}
          <code>token create</code>.
        </p>
      ) : null}
    </ConfirmDialog>
  );
};
