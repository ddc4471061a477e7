import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { basePath } from '../../app/page-settings.js';
import { Button } from '../../ui/button.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Dialog } from '../../ui/dialog.js';

/** The one time that a token's secret is shown. Closing asks once, since it cannot be shown again. */
export const SecretShown = ({
  title,
  secret,
  note,
  close,
}: {
  title: string;
  secret: string;
  note?: string;
  close: () => void;
}): JSX.Element => {
  const [isWarned, setWarned] = useState(false);
  const command = curlOf(secret);
  return (
    <Dialog
      title={title}
      isWide
      close={() => {
        if (isWarned) close();
        else setWarned(true);
      }}
    >
      <div class="form">
        <p>Copy the secret now. It is not shown again: the gateway keeps only its hash.</p>
        {note === undefined ? null : <p>{note}</p>}
        <p class="secret" data-secret>
          {secret}
        </p>
        <div class="buttons">
          <CopyButton text={secret} what="the secret" />
        </div>
        <p class="quiet">Try it:</p>
        <pre class="secret command">{command}</pre>
        <div class="buttons">
          <CopyButton text={command} what="the command" />
        </div>
        <p class="wrong" role="alert">
          {isWarned ? 'The secret is lost when you close this. If you have copied it, close it again.' : ''}
        </p>
        <div class="buttons">
          <Button kind="primary" onClick={close}>
            I have copied it
          </Button>
        </div>
      </div>
    </Dialog>
  );
};

const curlOf = (secret: string): string =>
  [
    `curl ${location.origin}${basePath()}/graphql \\`,
    `  -H 'Authorization: Bearer ${secret}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"query":"{ viewer { role workspace { name } } }"}'`,
  ].join('\n');
