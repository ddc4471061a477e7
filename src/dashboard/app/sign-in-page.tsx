import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { messageOf } from '../api/request-error.js';
import { Button } from '../ui/button.js';
import { CheckField, TextField } from '../ui/field.js';
import { Form } from '../ui/form.js';
import { demoToken } from './page-settings.js';

type SignInPageProps = {
  /** Why the viewer is signed out; '' for no reason. */
  why: string;
  /** Signs in. Rejects with RequestError if the gateway refuses the token. */
  enter: (token: string, stay: boolean) => Promise<void>;
};

export const SignInPage = ({ why, enter }: SignInPageProps): JSX.Element => {
  const [reason, setReason] = useState(why);
  return (
    <main class="sign-in">
      <h1>firmable-gateway</h1>
      <Form
        label="Sign in"
        failure={reason}
        submit={async (form) => {
          setReason('');
          const token = form.text('token').replace(/^Bearer\s+/i, '');
          if (!/^[\w.~+/=-]+$/.test(token))
            return [{ field: ['token'], message: 'Paste a token of this gateway: it begins with fgw_.' }];
          try {
            await enter(token, form.isChecked('stay'));
            return [];
          } catch (error) {
            return [{ field: ['token'], message: messageOf(error) }];
          }
        }}
      >
        <p class="quiet">Use a token of this gateway. It is sent to this gateway only.</p>
        <TextField
          name="token"
          label="Token"
          type="password"
          value={demoToken()}
          placeholder="fgw_…"
          required="Enter a token"
        />
        <CheckField
          name="stay"
          label="Keep me signed in on this computer"
          help="Otherwise the token is kept until you close this tab."
        />
        <Button kind="primary" type="submit">
          Sign in
        </Button>
      </Form>
    </main>
  );
};
