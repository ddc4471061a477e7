import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useParams } from 'wouter-preact';
import { RecordDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { rolesWith, useSession } from '../../app/session.js';
import { useView } from '../../app/use-view.js';
import { ReceiptInAddress } from '../../receipt/receipt-dialog.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { type FactOf, Facts } from '../../ui/fact.js';
import { formatCredits, formatInstant, providerTitle } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { ForgetDialog } from './forget-dialog.js';
import { RecordFields } from './record-fields.js';
import { RecordHistory } from './record-history.js';
import { RecordIdentifiers } from './record-identifiers.js';
import { RefetchDialog } from './refetch-dialog.js';
import { titleOf, type Unlock } from './unlock.js';

/** One record, by the id of its unlock or its own: its fields, unlock, identifiers and history. */
export const RecordPage = (): JSX.Element => {
  const { id } = useParams<{ id: string }>();
  const reading = useReading(RecordDocument, { id });
  const named = (reading.data?.unlocks.nodes ?? []).filter((unlock) =>
    [unlock.id, unlock.recordId].some((one) => one.toLowerCase() === id.toLowerCase()),
  );
  const [unlock, ...others] = named;
  if (unlock === undefined) {
    return (
      <Page title="Record">
        <Panel title="Record">
          <Shown reading={reading}>
            {() => (
              <EmptyState title="This workspace has not unlocked such a record.">
                <Link to="/records">Search the unlocked records</Link>
              </EmptyState>
            )}
          </Shown>
        </Panel>
      </Page>
    );
  }
  return <RecordView key={unlock.id} unlock={unlock} others={others} />;
};

const RecordView = ({ unlock, others }: { unlock: Unlock; others: readonly Unlock[] }): JSX.Element => {
  const { may } = useSession();
  const [dialog, setDialog] = useState<'REFETCH' | 'FORGET' | null>(null);
  const close = (): void => setDialog(null);
  return (
    <Page
      title={titleOf(unlock)}
      description={`${unlock.operation === 'PERSON' ? 'Person' : 'Company'} of ${providerTitle(unlock.provider)}`}
      actions={
        <>
          {may('ENRICH') ? <Button onClick={() => setDialog('REFETCH')}>Fetch again</Button> : null}
          {may('FORGET_RECORDS') ? (
            <Button kind="danger" onClick={() => setDialog('FORGET')}>
              Forget
            </Button>
          ) : null}
        </>
      }
    >
      {others.length === 0 ? null : <OtherAccounts others={others} />}
      <RecordFields unlock={unlock} />
      <UnlockPanel unlock={unlock} />
      <RecordIdentifiers unlock={unlock} />
      <RecordHistory unlockId={unlock.id} />
      {may('FORGET_RECORDS') ? null : (
        <p class="note page-note">Forgetting a record requires the role {rolesWith('FORGET_RECORDS')}.</p>
      )}
      {dialog === 'REFETCH' ? <RefetchDialog unlock={unlock} close={close} /> : null}
      {dialog === 'FORGET' ? <ForgetDialog unlock={unlock} close={close} /> : null}
      <ReceiptInAddress />
    </Page>
  );
};

/** The same record as other accounts have bought it. */
const OtherAccounts = ({ others }: { others: readonly Unlock[] }): JSX.Element => (
  <p class="notice">
    Other accounts have unlocked this record, too:{' '}
    {others.map((other, at) => (
      <>
        {at === 0 ? '' : ', '}
        <Link to={`/records/${other.id}`}>
          {other.connections.map(({ name }) => name).join(', ') || other.accountId}
        </Link>
      </>
    ))}
  </p>
);

const UnlockPanel = ({ unlock }: { unlock: Unlock }): JSX.Element => {
  const { timeZone } = useView();
  const facts: readonly FactOf[] = [
    ['Unlocked', formatInstant(unlock.unlockedAt, timeZone)],
    ['Origin', unlock.origin === 'DECLARED' ? 'Declared by an import' : 'Bought through the gateway'],
    ['Price', formatCredits(unlock.creditsPaid)],
    ['Connections of the account', unlock.connections.map(({ name }) => name).join(', ') || 'None is left'],
    ['Newest snapshot', unlock.fetchedAt === null ? 'None' : formatInstant(unlock.fetchedAt, timeZone)],
    ['Id of the unlock', unlock.id],
  ];
  return (
    <Panel title="Unlock" tools={unlock.sandbox ? <Badge>Sandbox</Badge> : null}>
      <Facts facts={facts} />
    </Panel>
  );
};
