import type { JSX } from 'preact';
import { ForgetRecordDocument } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { useNotices } from '../../ui/notice.js';
import { titleOf, type Unlock } from './unlock.js';

/** Says what is erased and what stays, and erases it. */
export const ForgetDialog = ({ unlock, close }: { unlock: Unlock; close: () => void }): JSX.Element => {
  const { run } = useChange(ForgetRecordDocument);
  const { announce } = useNotices();
  return (
    <ConfirmDialog
      title={`Forget ${titleOf(unlock)}`}
      action="Forget record"
      close={close}
      confirm={async () => {
        const { forgetRecord } = await run({ id: unlock.id });
        if (forgetRecord.userErrors.length === 0)
          announce(
            `The record is forgotten: ${forgetRecord.forgotten} snapshots and identifiers are erased.`,
          );
        return forgetRecord.userErrors;
      }}
    >
      <p>Erased, in all accounts of this workspace, and not to be restored:</p>
      <ul class="points">
        <li>every snapshot, and with it the name by which it is found</li>
        <li>every identifier except the provider's own id</li>
        <li>stored responses to lookups with an idempotency key</li>
      </ul>
      <p>Kept, because it has no personal data:</p>
      <ul class="points">
        <li>the unlock, so the record stays paid for</li>
        <li>the entries with their receipts, and the audit log with the id of the unlock</li>
      </ul>
    </ConfirmDialog>
  );
};
