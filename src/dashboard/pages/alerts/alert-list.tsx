import type { JSX } from 'preact';
import { type AlertEvent, AlertsDocument, type AlertsQuery } from '../../api/operations.js';
import { usePages } from '../../api/use-pages.js';
import { useView } from '../../app/use-view.js';
import { Badge } from '../../ui/badge.js';
import { DeliveryState } from '../../ui/delivery-state.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatInstant } from '../../ui/format.js';
import { MoreButton } from '../../ui/more-button.js';
import { Shown } from '../../ui/panel.js';
import { eventTitles } from './alert-words.js';

type Alert = AlertsQuery['alerts']['nodes'][number];

/** The alerts, newest first; with an event only those of the event. */
export const AlertList = ({ event }: { event: AlertEvent | null }): JSX.Element => {
  const alerts = usePages(AlertsDocument, { events: event === null ? null : [event] }, (data) => data.alerts);
  return (
    <Shown reading={alerts}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState title="No alert was raised." />
        ) : (
          <>
            <ul class="rows">
              {rows.map((alert) => (
                <AlertItem key={alert.id} alert={alert} />
              ))}
            </ul>
            <MoreButton
              hasMore={alerts.hasMore}
              isLoading={alerts.isLoadingMore}
              load={alerts.loadMore}
              what="alerts"
            />
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
