import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type AlertEvent, AlertsDocument, type AlertsQuery } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { Badge } from '../../ui/badge.js';
import { DeliveryState } from '../../ui/delivery-state.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatInstant } from '../../ui/format.js';
import { MoreButton } from '../../ui/more-button.js';
import { Shown } from '../../ui/panel.js';
import { eventTitles } from './alert-words.js';

type Alert = AlertsQuery['alerts']['nodes'][number];

/** A page of the alerts, newest first, and behind its button the next one. */
export const AlertList = ({
  after,
  event,
}: {
  after: string | null;
  event: AlertEvent | null;
}): JSX.Element => {
  const reading = useReading(AlertsDocument, { after, events: event === null ? null : [event] });
  const [hasNext, setHasNext] = useState(false);
  return (
    <Shown reading={reading}>
      {({ alerts: { nodes, pageInfo } }) =>
        nodes.length === 0 && after === null ? (
          <EmptyState title="No alert was raised." />
        ) : (
          <>
            <ul class="rows">
              {nodes.map((alert) => (
                <AlertItem key={alert.id} alert={alert} />
              ))}
            </ul>
            {hasNext && pageInfo.hasNextPage ? (
              <AlertList after={pageInfo.endCursor} event={event} />
            ) : (
              <MoreButton
                hasMore={pageInfo.hasNextPage}
                isLoading={false}
                load={() => setHasNext(true)}
                what="alerts"
              />
            )}
          </>
        )
      }
    </Shown>
  );
};

const AlertItem = ({ alert }: { alert: Alert }): JSX.Element => {
  const { timeZone } = useView();
  const { event, title, facts, raisedAt, resolvedAt, deliveries } = alert;
  return (
    <li class="alert">
      <div>
        <h3>{title ?? `${eventTitles[event]}: what it was about was deleted`}</h3>
        <p class="note">
          {facts.map(({ name, value }) => `${name}: ${shownFact(value, timeZone)}`).join(' · ')}
        </p>
      </div>
      <div>
        <p class="note">
          Raised {formatInstant(raisedAt, timeZone)}{' '}
          {resolvedAt === null ? (
            lastsUntilResolved(event) ? (
              <Badge tone="warning">Unresolved</Badge>
            ) : null
          ) : (
            <>· resolved {formatInstant(resolvedAt, timeZone)}</>
          )}
        </p>
        {deliveries.length === 0 ? <p class="note">Sent to no destination</p> : null}
        {deliveries.map((delivery) => (
          <DeliveryState key={delivery.destination.id} delivery={delivery} timeZone={timeZone} />
        ))}
      </div>
    </li>
  );
};

/** Whether what it reports goes on until it is resolved. */
const lastsUntilResolved = (event: AlertEvent): boolean =>
  event === 'KEY_REFUSED' || event === 'PROVIDER_UNAVAILABLE';

/** A value of an alert; an instant is shown on the viewer's clocks. */
const shownFact = (value: string, timeZone: string): string =>
  /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? formatInstant(value, timeZone) : value;
