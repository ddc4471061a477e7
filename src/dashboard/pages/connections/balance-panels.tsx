import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ConnectionBalanceDocument, type ConnectionBalanceQuery } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { rolesWith, useSession } from '../../app/session.js';
import { useView } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatDate, formatNumber, formatWord, providerTitle } from '../../ui/format.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { BalancePlanDialog } from './balance-plan-dialog.js';
import { outlookOf } from '../overview/describe-balance.js';
import type { Connection } from './connection-state.js';
import { DriftPanel } from './drift-panel.js';
import { ReadingsPanel } from './readings-panel.js';
import { RecordBalanceDialog } from './record-balance-dialog.js';

type Balance = ConnectionBalanceQuery['balance'];

const readingsAtFirst = 8;

/** The balance of the connection's account, its readings, and what was spent outside the gateway between them. */
export const BalancePanels = ({ connection }: { connection: Connection }): JSX.Element => {
  const [readings, setReadings] = useState(readingsAtFirst);
  const variables = { id: connection.id, readings };
  const reading = useReading(ConnectionBalanceDocument, variables);
  const { may } = useSession();
  const balance = reading.data?.balance;
  const mayChange = may('MANAGE_BALANCES') && balance !== undefined;
  return (
    <>
      <Panel
        title="Balance"
        width="half"
        query={{ document: ConnectionBalanceDocument, variables }}
        actions={mayChange ? <BalanceActions connection={connection} balance={balance} /> : undefined}
      >
        <Shown reading={reading}>
          {({ balance }) => <BalanceFacts balance={balance} connection={connection} />}
        </Shown>
      </Panel>
      <DriftPanel reading={reading} />
      <ReadingsPanel
        reading={reading}
        count={readings}
        showMore={() => setReadings(Math.min(readings + 25, 100))}
      />
    </>
  );
};

const BalanceActions = ({
  connection,
  balance,
}: {
  connection: Connection;
  balance: Balance;
}): JSX.Element => {
  const [open, setOpen] = useState<'READING' | 'PLAN' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <Button onClick={() => setOpen('READING')}>Record balance</Button>
      <Button onClick={() => setOpen('PLAN')}>
        {balance.plan === null ? 'Set balance plan' : 'Change balance plan'}
      </Button>
      {open === 'READING' ? <RecordBalanceDialog connection={connection} close={close} /> : null}
      {open === 'PLAN' ? (
        <BalancePlanDialog connection={connection} plan={balance.plan} close={close} />
      ) : null}
    </>
  );
};

const BalanceFacts = ({ balance, connection }: { balance: Balance; connection: Connection }): JSX.Element => {
  const { timeZone } = useView();
  const { may } = useSession();
  const { remaining, estimated, pools, plan, warnings } = balance;
  return (
    <div class="stack">
      {remaining === null ? (
        <EmptyState title="Balance unknown.">
          {providerTitle(connection.provider)} has reported none.{' '}
          {may('MANAGE_BALANCES')
            ? 'Set the balance plan, or record the balance that the provider shows.'
            : `Recording it requires the role ${rolesWith('MANAGE_BALANCES')}.`}
        </EmptyState>
      ) : (
        <>
          <p>
            <span class="value">{formatNumber(remaining)}</span>{' '}
            <span class="quiet">
              {connection.sandbox ? 'sandbox credits' : 'credits'} remaining
              {estimated ? ', estimated' : ', as the provider reports'}
            </span>
          </p>
          <p class="quiet">{outlookOf(balance, timeZone)}.</p>
        </>
      )}
      {plan === null ? null : (
        <p class="note">
          {formatNumber(plan.monthlyCredits)} credits on day {plan.renewalDay} of each month (
          {plan.timeZone.replaceAll('_', ' ')}), {plan.rollover ? 'the rest is kept' : 'the rest expires'}.
          {plan.thresholds.length === 0
            ? ' No alerts.'
            : ` Alerts at ${plan.thresholds.map((percent) => `${percent} %`).join(', ')}.`}
        </p>
      )}
      {warnings.map(({ threshold, used, monthlyCredits }) => (
        <p key={threshold} class="wrong">
          {threshold} % of the month’s credits are used: {formatNumber(used)} of{' '}
          {formatNumber(monthlyCredits)}.
        </p>
      ))}
      {pools.length === 0 ? null : (
        <Table
          caption="Pools"
          columns={poolColumns(timeZone)}
          rows={pools}
          keyOf={({ name, startsAt }) => `${name} ${startsAt}`}
        />
      )}
    </div>
  );
};

const poolColumns = (timeZone: string): readonly Column<Balance['pools'][number]>[] => [
  { title: 'Pool', cell: ({ name, kind }) => (kind === 'SUBSCRIPTION' ? formatWord(kind) : name) },
  { title: 'Remaining', cell: ({ remaining }) => formatNumber(remaining), isNumber: true },
  {
    title: 'Expires',
    cell: ({ endsAt }) => (endsAt === null ? 'Never' : formatDate(endsAt, timeZone)),
  },
];
