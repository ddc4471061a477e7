import type { JSX } from 'preact';
import { OverviewAlertsDocument, type OverviewAlertsQuery } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatMoment } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Panel, Shown } from '../../ui/panel.js';

type Alert = OverviewAlertsQuery['alerts']['nodes'][number];

/** The latest alerts, and deliveries that failed. */
export const Alerts = (): JSX.Element => {
  const reading = useReading(OverviewAlertsDocument, {});
  return (
    <Panel
      title="Alerts"
      width="third"
      tools={
        <Link to="/alerts" class="button plain" label="All alerts">
          All
        </Link>
      }
    >
      <Shown reading={reading}>
        {({ alertDestinations, alerts }) => (
          <>
            {alerts.nodes.length === 0 ? (
              <EmptyState title="No alert was raised." />
            ) : (
              <ul class="rows">
                {alerts.nodes.map((alert) => (
                  <AlertRow key={alert.id} alert={alert} />
                ))}
              </ul>
            )}
            {alertDestinations.nodes.length === 0 ? <NoDestination /> : null}
          </>
        )}
      </Shown>
    </Panel>
  );
};

const NoDestination = (): JSX.Element => (
  <p class="note hidden-shares">
    No destination is set, so alerts are sent nowhere. <Link to="/alerts">Add a destination</Link>
  </p>
);

const AlertRow = ({ alert: { title, raisedAt, resolvedAt, deliveries } }: { alert: Alert }): JSX.Element => {
  const { timeZone } = useView();
  const failed = deliveries.filter(({ state, lastError }) => state !== 'DELIVERED' && lastError !== null);
  return (
    <li>
      <p class="row-text">{title ?? 'An alert whose subject was deleted'}</p>
      <p class="note">
        {formatMoment(raisedAt, timeZone)}
        {resolvedAt === null ? '' : ` · resolved ${formatMoment(resolvedAt, timeZone)}`}
      </p>
      {failed.map(({ destination, lastError }) => (
        <p key={destination.name} class="note bad">
          Not delivered to {destination.name}: {lastError}
        </p>
      ))}
    </li>
  );
};
