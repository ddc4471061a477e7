import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CreateTokenDocument, type Role } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField } from '../../ui/field.js';
import { Form, type FormError, type FormValues } from '../../ui/form.js';
import { newId } from '../../ui/new-id.js';
import { roleNotes, roleTitle } from './describe-token.js';
import {
  type Choice,
  CommonFields,
  readExpiry,
  readRestrictions,
  RestrictionFields,
} from './token-fields.js';

const roles: readonly Role[] = ['MEMBER', 'INTEGRATION', 'MANAGER', 'VIEWER', 'ADMIN'];

type CreateTokenProps = {
  connections: readonly Choice[];
  close: () => void;
  /** Receives the secret, which is shown once. */
  created: (name: string, secret: string) => void;
};

/** The dialog that creates a token. A repeat after a lost response returns the same token. */
export const CreateToken = ({ connections, close, created }: CreateTokenProps): JSX.Element => {
  const { timeZone } = useView();
  const { run } = useChange(CreateTokenDocument);
  const [role, setRole] = useState<Role>('MEMBER');
  const [attempt, setAttempt] = useState<{ input: string; key: string } | null>(null);

  const submit = async (form: FormValues): Promise<readonly FormError[]> => {
    const { scopes, limits, errors } = readRestrictions(form);
    if (role !== 'ADMIN' && errors.length > 0) return errors;
    const input = {
      name: form.text('name'),
      role,
      workflow: form.text('workflow') || null,
      expiresAt: readExpiry(form, null, timeZone) ?? null,
      ...(role === 'ADMIN' ? {} : { scopes, limits }),
    };
    // The key belongs to the input: a corrected form is another request.
    const text = JSON.stringify(input);
    const key = attempt?.input === text ? attempt.key : newId();
    setAttempt({ input: text, key });
    const { token, secret, userErrors } = (await run({ input }, key)).createToken;
    if (token !== null && secret !== null) created(token.name, secret);
    return userErrors;
  };

  return (
    <Dialog title="Create token" isWide close={close}>
      <Form label="Create token" submit={submit}>
        <SelectField
          name="role"
          label="Role"
          value={role}
          options={roles.map((value) => ({ value, title: roleTitle(value) }))}
          help={roleNotes[role]}
          onChange={(value) => setRole(roles.find((one) => one === value) ?? 'MEMBER')}
        />
        <CommonFields token={null} timeZone={timeZone} />
        {role === 'ADMIN' ? (
          <p class="note">An ADMIN token manages tokens, so it has no scopes and no limits.</p>
        ) : (
          <RestrictionFields token={null} connections={connections} />
        )}
        <div class="buttons">
          <Button kind="primary" type="submit">
            Create
          </Button>
          <Button onClick={close}>Cancel</Button>
        </div>
      </Form>
    </Dialog>
  );
};
