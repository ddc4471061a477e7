import type { JSX } from 'preact';
import type { BudgetDestinationFragment, BudgetsQuery } from '../../api/operations.js';
import { useSession } from '../../app/session.js';
import { useView } from '../../app/use-view.js';
import { Gauge } from '../../charts/gauge.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { DeliveryState } from '../../ui/delivery-state.js';
import { formatMoment, formatNumber, providerTitle } from '../../ui/format.js';
import { destinationsOf } from './budget-fields.js';
import { modeTitles } from './budget-input.js';
import { formatRenewal, periodTitles, scopeOf } from './budget-words.js';

export type Budget = BudgetsQuery['budgets']['nodes'][number];
export type BudgetAction = { kind: 'EDIT' | 'DELETE'; budget: Budget };

/** A budget in the list: what it limits, how full it is, when it renews, and what became of its latest alert. */
export const BudgetItem = ({
  budget,
  destinations,
  choose,
}: {
  budget: Budget;
  destinations: readonly BudgetDestinationFragment[];
  choose: (action: BudgetAction) => void;
}): JSX.Element => {
  const { name, spent, sandboxSpent, reserved, limit } = budget;
  return (
    <li class="budget" aria-label={name}>
      <div class="budget-name">
        <h3>{titleOf(budget)}</h3>
        <p class="note">{scopeOf(budget)}</p>
        <Marks budget={budget} />
      </div>
      <div class="budget-use">
        <p class="share-text">
          <span class="figure">
            <b>{formatNumber(spent)}</b> of {formatNumber(limit)} credits
          </span>
          <span class="figure">{remainingText(budget)}</span>
        </p>
        <Gauge label={`${name}: credits spent`} spent={spent} reserved={reserved} limit={limit} />
        <p class="note">{renewalText(budget)}</p>
        {sandboxSpent === 0 ? null : (
          <p class="note">
            {sandboxSpent === spent
              ? 'All spent credits are'
              : `${formatNumber(sandboxSpent)} spent credits are`}{' '}
            of the <Badge tone="warning">Sandbox</Badge>
          </p>
        )}
      </div>
      <div class="budget-alerts">
        <p class="note">{alertText(budget, destinations)}</p>
        <LatestAlert budget={budget} />
      </div>
      <Tools budget={budget} choose={choose} />
    </li>
  );
};

/** The limit of a token is named after the token's id; its name says more to people. */
const titleOf = ({ name, isTokenLimit, token }: Budget): string =>
  isTokenLimit && token !== null ? `Daily credits of ${token.name}` : name;

const Marks = ({ budget }: { budget: Budget }): JSX.Element => {
  const { mode, connection, setByOperator, isTokenLimit } = budget;
  return (
    <p class="marks">
      <Badge>{mode === 'HARD' ? 'Blocks at the limit' : modeTitles.SOFT}</Badge>
      {connection === null ? null : <Badge>{providerTitle(connection.provider)}</Badge>}
      {connection?.sandbox === true ? <Badge tone="warning">Sandbox</Badge> : null}
      {setByOperator ? <Badge>Set by the operator</Badge> : null}
      {isTokenLimit ? <Badge>Limit of a token</Badge> : null}
    </p>
  );
};

const remainingText = ({ remaining, reserved }: Budget): string => {
  const left =
    remaining < 0 ? `${formatNumber(-remaining)} over the limit` : `${formatNumber(remaining)} remaining`;
  return reserved === 0 ? left : `${formatNumber(reserved)} reserved · ${left}`;
};

const renewalText = ({ period, renewsAt, timeZone }: Budget): string =>
  renewsAt === null
    ? `${periodTitles[period]} · never renews`
    : `${periodTitles[period]} · renews ${formatRenewal(renewsAt, timeZone)}`;

const alertText = (
  { id, thresholds }: Budget,
  destinations: readonly BudgetDestinationFragment[],
): string => {
  if (thresholds.length === 0) return 'No alerts';
  const at = `Alerts at ${thresholds.map((threshold) => `${threshold} %`).join(', ')}`;
  const names = destinationsOf(destinations, id).map((destination) => destination.name);
  return names.length === 0 ? `${at}, sent to no destination` : `${at} to ${names.join(', ')}`;
};

/** The latest alert of the current period, with its deliveries. */
const LatestAlert = ({ budget: { alerts, startsAt } }: { budget: Budget }): JSX.Element | null => {
  const { timeZone } = useView();
  const [latest] = alerts;
  if (latest === undefined || latest.startsAt !== startsAt) return null;
  return (
    <>
      <p class="note">
        {latest.threshold} % reached {formatMoment(latest.raisedAt, timeZone)}
      </p>
      {latest.deliveries.map((delivery) => (
        <DeliveryState key={delivery.destination.id} delivery={delivery} timeZone={timeZone} />
      ))}
    </>
  );
};

type ToolsProps = { budget: Budget; choose: (action: BudgetAction) => void };

const Tools = ({ budget, choose }: ToolsProps): JSX.Element | null => {
  const { may } = useSession();
  if (!may('MANAGE_BUDGETS') || budget.setByOperator || budget.isTokenLimit) return null;
  return (
    <div class="row-tools">
      <Button label={`Edit ${budget.name}`} onClick={() => choose({ kind: 'EDIT', budget })}>
        Edit
      </Button>
      <Button label={`Delete ${budget.name}`} onClick={() => choose({ kind: 'DELETE', budget })}>
        Delete
      </Button>
    </div>
  );
};
