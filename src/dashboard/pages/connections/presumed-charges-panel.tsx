import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  ConnectionPresumedChargesDocument,
  type PresumedChargeFieldsFragment as PresumedCharge,
} from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { rolesWith, useSession } from '../../app/session.js';
import { useView } from '../../app/use-view.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatCredits, formatMoment, formatNumber, formatWord } from '../../ui/format.js';
import { MoreButton } from '../../ui/more-button.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import type { Connection } from './connection-state.js';
import { ResolveAllDialog, ResolveOneDialog } from './resolve-dialogs.js';

/** The charges of a connection that are presumed and not resolved, with decisions about them. */
export const PresumedChargesPanel = ({ connection }: { connection: Connection }): JSX.Element => {
  const { may } = useSession();
  const { timeZone } = useView();
  const [first, setFirst] = useState(20);
  const [open, setOpen] = useState<'ALL' | PresumedCharge | null>(null);
  const variables = { filter: { connection: connection.id }, first };
  const reading = useReading(ConnectionPresumedChargesDocument, variables);
  const count = reading.data?.presumedCharges.totalCount ?? 0;
  const mayResolve = may('RESOLVE_CHARGES');
  const columns = columnsFor(timeZone, mayResolve ? setOpen : null);
  return (
    <Panel
      title="Presumed charges"
      query={{ document: ConnectionPresumedChargesDocument, variables }}
      actions={
        mayResolve && count > 1 ? <Button onClick={() => setOpen('ALL')}>Resolve all</Button> : undefined
      }
    >
      <Shown reading={reading}>
        {({ presumedCharges: { nodes, totalCredits, pageInfo } }) =>
          nodes.length === 0 ? (
            <EmptyState title="None.">
              A call is presumed charged when nobody knows whether the provider charged for it.
            </EmptyState>
          ) : (
            <>
              <p class="note">
                {formatCredits(totalCredits)} {totalCredits === 1 ? 'is' : 'are'} counted until it is known
                whether the provider charged. Compare them with the usage that the provider shows.
                {mayResolve ? '' : ` Resolving them requires the role ${rolesWith('RESOLVE_CHARGES')}.`}
              </p>
              <Table caption="Charges to resolve" columns={columns} rows={nodes} keyOf={({ id }) => id} />
              <MoreButton
                hasMore={pageInfo.hasNextPage && first < 100}
                isLoading={reading.isStale}
                load={() => setFirst(100)}
                what="charges"
              />
            </>
          )
        }
      </Shown>
      {open === 'ALL' ? (
        <ResolveAllDialog connection={connection} count={count} close={() => setOpen(null)} />
      ) : null}
      {open === null || open === 'ALL' ? null : (
        <ResolveOneDialog charge={open} close={() => setOpen(null)} />
      )}
    </Panel>
  );
};

const columnsFor = (
  timeZone: string,
  resolve: ((charge: PresumedCharge) => void) | null,
): readonly Column<PresumedCharge>[] => [
  { title: 'Called', cell: ({ occurredAt }) => formatMoment(occurredAt, timeZone) },
  { title: 'Cause', cell: ({ cause }) => formatWord(cause) },
  { title: 'Operation', cell: ({ operation }) => formatWord(operation) },
  { title: 'Credits', cell: ({ credits }) => formatNumber(credits), isNumber: true },
  { title: 'Workflow', cell: ({ workflow }) => workflow ?? '–' },
  { title: 'Token', cell: ({ token }) => token?.name ?? '–', isExtra: true },
  { title: 'Proposal', cell: (charge) => <Proposal charge={charge} /> },
  ...(resolve === null
    ? []
    : [
        {
          title: 'Actions',
          isUnnamed: true,
          cell: (charge: PresumedCharge) => (
            <Button
              kind="plain"
              label={`Resolve the charge of ${formatMoment(charge.occurredAt, timeZone)}`}
              onClick={() => resolve(charge)}
            >
              Resolve
            </Button>
          ),
        },
      ]),
];

/** What the provider's balance implies, or what else can prove the charge. */
const Proposal = ({ charge: { proposal, provenByLookup } }: { charge: PresumedCharge }): JSX.Element => {
  if (proposal === null)
    return <span class="quiet">{provenByLookup ? 'The next lookup proves it' : 'None'}</span>;
  if (proposal.charged === null) return <span class="quiet">Nothing certain</span>;
  return <Badge tone="good">{proposal.charged ? 'Charged' : 'Not charged'}</Badge>;
};
