import type { JSX } from 'preact';
import { OverviewBudgetsDocument, type OverviewBudgetsQuery } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { Gauge } from '../../charts/gauge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatDate, formatNumber } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Panel, Shown } from '../../ui/panel.js';
import { scopeOf } from '../budgets/budget-words.js';

type Budget = OverviewBudgetsQuery['budgets']['nodes'][number];

const shownMax = 5;

/** The budgets that are fullest, as gauges. */
export const Budgets = (): JSX.Element => {
  const reading = useReading(OverviewBudgetsDocument, {});
  return (
    <Panel
      title="Budgets"
      width="third"
      tools={
        <Link to="/budgets" class="button plain" label="All budgets">
          All
        </Link>
      }
    >
      <Shown reading={reading}>
        {({ budgets: { nodes, totalCount } }) => {
          if (nodes.length === 0) return <NoBudget />;
          const hidden = (totalCount ?? nodes.length) - Math.min(nodes.length, shownMax);
          return (
            <>
              <ul class="rows">
                {nodes
                  .toSorted((a, b) => shareOf(b) - shareOf(a))
                  .slice(0, shownMax)
                  .map((budget) => (
                    <BudgetRow key={budget.id} budget={budget} />
                  ))}
              </ul>
              {hidden > 0 ? <p class="note hidden-shares">And {hidden} more.</p> : null}
            </>
          );
        }}
      </Shown>
    </Panel>
  );
};

const NoBudget = (): JSX.Element => (
  <EmptyState title="No budget is set. Only the accounts limit spending.">
    <Link to="/budgets">Set a budget</Link>
  </EmptyState>
);

const shareOf = ({ spent, limit }: Budget): number => (limit === 0 ? 1 : spent / limit);

const BudgetRow = ({ budget }: { budget: Budget }): JSX.Element => {
  const { timeZone } = useView();
  const { name, spent, reserved, limit } = budget;
  return (
    <li>
      <div class="share-text">
        <span class="name">{name}</span>
        <span class="figure">
          <b>{formatNumber(spent)}</b> of {formatNumber(limit)}
        </span>
      </div>
      <Gauge label={name} spent={spent} reserved={reserved} limit={limit} />
      <p class="note">{factsOf(budget, timeZone)}</p>
    </li>
  );
};

const factsOf = (budget: Budget, timeZone: string): string =>
  [
    scopeOf(budget),
    budget.sandboxSpent === 0 ? null : `${formatNumber(budget.sandboxSpent)} of the sandbox`,
    budget.reserved === 0 ? null : `${formatNumber(budget.reserved)} reserved`,
    budget.mode === 'SOFT' ? 'alert only' : null,
    budget.renewsAt === null ? 'never renews' : `renews ${formatDate(budget.renewsAt, timeZone)}`,
  ]
    .filter((fact) => fact !== null)
    .join(' · ');
