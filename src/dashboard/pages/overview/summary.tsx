import type { ComponentChildren, JSX } from 'preact';
import {
  OverviewBudgetsDocument,
  OverviewSummaryDocument,
  type OverviewSummaryQuery,
} from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { Gauge } from '../../charts/gauge.js';
import { civilAt, firstOfMonth, startOfDay } from '../../time/zone-time.js';
import { formatChange, formatNumber, formatShare } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Panel, Shown } from '../../ui/panel.js';
import { describeBudgets, type MonthlyBudget, tightest } from './monthly-budgets.js';
import { usePeriodVariables } from './use-period-variables.js';

/** The few numbers that matter: the month against its budget, and the period's credits and hit rate. */
export const Summary = (): JSX.Element => {
  const { now } = useView();
  const period = usePeriodVariables();
  const today = civilAt(now, period.timeZone);
  const variables = {
    ...period,
    monthFrom: startOfDay(firstOfMonth(today), period.timeZone).toISOString(),
    monthTo: startOfDay(firstOfMonth(today, 1), period.timeZone).toISOString(),
  };
  const reading = useReading(OverviewSummaryDocument, variables);
  const budgets = useReading(OverviewBudgetsDocument, {});
  return (
    <Panel
      title={period.sandbox ? 'At a glance: sandbox' : 'At a glance'}
      query={{ document: OverviewSummaryDocument, variables }}
    >
      <Shown reading={reading}>
        {(data) =>
          budgets.refusal === null ? (
            <Shown reading={budgets}>
              {({ budgets: { nodes } }) => <Figures data={data} budgets={nodes} sandbox={period.sandbox} />}
            </Shown>
          ) : (
            <Figures data={data} budgets={null} sandbox={period.sandbox} />
          )
        }
      </Shown>
    </Panel>
  );
};

/** `budgets`: null where they cannot be read. */
type FiguresProps = {
  data: OverviewSummaryQuery;
  budgets: readonly MonthlyBudget[] | null;
  sandbox: boolean;
};

const Figures = ({ data: { month, period }, budgets, sandbox }: FiguresProps): JSX.Element => {
  const { period: shown } = useView();
  const { totals, previous } = period;
  const change = (name: 'creditsCharged' | 'creditsSaved'): string | null =>
    previous === null ? null : formatChange(totals[name], previous.totals[name]);
  return (
    <dl class="figures">
      <MonthFigure
        title="Credits this month"
        charged={month.totals.creditsCharged}
        budgets={budgets}
        sandbox={sandbox}
      />
      <Figure title="Charged" value={formatNumber(totals.creditsCharged)}>
        {change('creditsCharged') ?? `${formatNumber(totals.lookups)} lookups, ${shown.title}`}
      </Figure>
      <Figure title="Saved" value={formatNumber(totals.creditsSaved)} tone="saved">
        {change('creditsSaved') ?? 'free lookups of unlocked records'}
      </Figure>
      <Figure title="Hit rate" value={formatShare(totals.hitRate)}>
        {formatNumber(totals.found)} found, {formatNumber(totals.notFound)} not
      </Figure>
    </dl>
  );
};

type FigureProps = {
  title: string;
  value: string;
  /** Said beside the value, smaller. */
  of?: string;
  gauge?: ComponentChildren;
  tone?: 'saved';
  children: ComponentChildren;
};

const Figure = ({ title, value, of = '', gauge, tone, children }: FigureProps): JSX.Element => (
  <div class={tone === undefined ? 'figure-box' : `figure-box ${tone}`}>
    <dt>{title}</dt>
    <dd>
      <span class="value">{value}</span>
      {of === '' ? null : <span class="of"> {of}</span>}
      {gauge}
      <p class="note">{children}</p>
    </dd>
  </div>
);

type MonthFigureProps = {
  title: string;
  charged: number;
  budgets: readonly MonthlyBudget[] | null;
  sandbox: boolean;
};

const MonthFigure = ({ title, charged, budgets, sandbox }: MonthFigureProps): JSX.Element => {
  const value = formatNumber(charged);
  if (budgets === null) {
    return (
      <Figure title={title} value={value}>
        Its budgets cannot be read
      </Figure>
    );
  }
  const budget = tightest(budgets);
  if (budget === null) {
    return (
      <Figure title={title} value={value}>
        <Link to="/budgets">{describeBudgets(budgets)}</Link>
      </Figure>
    );
  }
  const { name, limit, spent, sandboxSpent, remaining } = budget;
  const left = `${formatNumber(Math.max(remaining, 0))} left in “${name}”`;
  // In another time zone the budget has another month, and it counts real and sandbox credits.
  const isSame = spent === charged && (sandbox ? sandboxSpent === spent : sandboxSpent === 0);
  const both = sandboxSpent > 0 && sandboxSpent < spent ? ', which counts real and sandbox credits' : '';
  return (
    <Figure
      title={title}
      value={value}
      of={isSame ? `of ${formatNumber(limit)}` : ''}
      gauge={<Gauge label={`Budget ${name}`} spent={spent} limit={limit} />}
    >
      {isSame ? left : `${left} of ${formatNumber(limit)}${both}`}
    </Figure>
  );
};
