import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { RotateWebhookSecretDocument } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Dialog } from '../../ui/dialog.js';
import { Form } from '../../ui/form.js';
import { formatInstant } from '../../ui/format.js';
import type { Destination } from './alert-words.js';

export type ShownSecret = {
  /** Of the destination. */
  name: string;
  secret: string;
  /** Until when the secret before it signs as well; null if there is none. */
  previousExpiresAt: string | null;
};

/** The secret of a signed webhook. It is shown once, and gone with the dialog. */
export const WebhookSecret = ({
  shown: { name, secret, previousExpiresAt },
  close,
}: {
  shown: ShownSecret;
  close: () => void;
}): JSX.Element => {
  const { timeZone } = useView();
  return (
    <Dialog key="secret" title={`Secret of ${name}`} close={close}>
      <div class="form">
        <p>
          Store it in your receiver, which verifies the signature of each message with it. It is not shown
          again.
        </p>
        <p class="secret">{secret}</p>
        <div class="buttons">
          <CopyButton text={secret} what="the secret" />
        </div>
        <p class="note">
          {previousExpiresAt === null
            ? 'Messages follow the Standard Webhooks convention, so its libraries verify them.'
            : `Until ${formatInstant(previousExpiresAt, timeZone)} messages are signed with the previous secret as well.`}
        </p>
      </div>
    </Dialog>
  );
};

/** Replaces the secret of a signed webhook, and shows the new one. */
export const RotateSecretDialog = ({
  destination: { id, name },
  close,
}: {
  destination: Destination;
  close: () => void;
}): JSX.Element => {
  const { run } = useChange(RotateWebhookSecretDocument);
  const [rotated, setRotated] = useState<ShownSecret | null>(null);
  if (rotated !== null) return <WebhookSecret shown={rotated} close={close} />;
  return (
    <Dialog title={`Rotate the secret of ${name}`} close={close}>
      <Form
        label={`Rotate the secret of ${name}`}
        submit={async () => {
          const { rotateWebhookSecret: done } = await run({ id });
          if (done.webhookSecret === null) return done.userErrors;
          setRotated({ name, secret: done.webhookSecret, previousExpiresAt: done.previousExpiresAt });
          return [];
        }}
      >
        <p>
          The new secret is shown once. For 24 hours messages are signed with both secrets, so that your
          receiver can change over.
        </p>
        <div class="buttons">
          <Button kind="primary" type="submit">
            Rotate secret
          </Button>
          <Button onClick={close}>Cancel</Button>
        </div>
      </Form>
    </Dialog>
  );
};
