import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  AlertDestinationsDocument,
  type AlertDestinationsQuery,
  AlertsDocument,
  type DeliveryStateFragment,
} from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { rolesWith, useSession } from '../../app/session.js';
import { useParameter } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { Tabs } from '../../ui/tabs.js';
import { AlertList } from './alert-list.js';
import { events } from './alert-words.js';
import {
  DeleteDestinationDialog,
  EditDestinationDialog,
  NewDestinationDialog,
} from './destination-dialogs.js';
import { type DestinationAction, DestinationList } from './destination-list.js';
import { RotateSecretDialog } from './webhook-secret.js';

type Open = DestinationAction | { kind: 'NEW' };

export const AlertsPage = (): JSX.Element => {
  const { may } = useSession();
  const [open, setOpen] = useState<Open | null>(null);
  return (
    <Page
      title="Alerts"
      description="Where the gateway reports reached thresholds, refused keys, unavailable providers and presumed charges."
      actions={
        may('MANAGE_ALERTS') ? (
          <Button kind="primary" onClick={() => setOpen({ kind: 'NEW' })}>
            Add a destination
          </Button>
        ) : undefined
      }
    >
      <Destinations choose={setOpen} />
      <RaisedAlerts />
      {open === null ? null : <OpenDialog open={open} close={() => setOpen(null)} />}
    </Page>
  );
};

const OpenDialog = ({ open, close }: { open: Open; close: () => void }): JSX.Element => {
  switch (open.kind) {
    case 'NEW':
      return <NewDestinationDialog close={close} />;
    case 'EDIT':
      return <EditDestinationDialog destination={open.destination} close={close} />;
    case 'DELETE':
      return <DeleteDestinationDialog destination={open.destination} close={close} />;
    case 'ROTATE':
      return <RotateSecretDialog destination={open.destination} close={close} />;
  }
};

const Destinations = ({ choose }: { choose: (action: DestinationAction) => void }): JSX.Element => {
  const { may } = useSession();
  const reading = useReading(AlertDestinationsDocument, {});
  return (
    <Panel title="Destinations" query={{ document: AlertDestinationsDocument, variables: {} }}>
      {may('MANAGE_ALERTS') ? null : (
        <p class="note">
          Only a token with the role {rolesWith('MANAGE_ALERTS')} can change destinations, and sees their
          addresses.
        </p>
      )}
      <Shown reading={reading}>
        {({ alertDestinations: { nodes }, alerts }) =>
          nodes.length === 0 ? (
            <EmptyState title="No destination is set.">Alerts are listed below, and sent nowhere.</EmptyState>
          ) : (
            <DestinationList destinations={nodes} latest={latestDeliveries(alerts)} choose={choose} />
          )
        }
      </Shown>
    </Panel>
  );
};

/** The latest delivery to each destination, among the latest alerts. */
const latestDeliveries = ({
  nodes,
}: AlertDestinationsQuery['alerts']): ReadonlyMap<string, DeliveryStateFragment> => {
  const latest = new Map<string, DeliveryStateFragment>();
  for (const { deliveries } of nodes.toReversed())
    for (const delivery of deliveries) latest.set(delivery.destination.id, delivery);
  return latest;
};

const RaisedAlerts = (): JSX.Element => {
  const [chosen] = useParameter('event');
  const event = events.find((one) => one === chosen) ?? null;
  return (
    <Panel title="Raised alerts" query={{ document: AlertsDocument, variables: {} }}>
      <Tabs label="Event" parameter="event" tabs={eventTabs} />
      <AlertList event={event} />
    </Panel>
  );
};

const eventTabs = [
  { value: 'ALL', title: 'All' },
  { value: 'BUDGET_THRESHOLD', title: 'Budgets' },
  { value: 'BALANCE_THRESHOLD', title: 'Balances' },
  { value: 'KEY_REFUSED', title: 'Keys' },
  { value: 'PROVIDER_UNAVAILABLE', title: 'Providers' },
  { value: 'PRESUMED_CHARGES', title: 'Presumed charges' },
];
