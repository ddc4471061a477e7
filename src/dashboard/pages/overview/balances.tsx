import type { JSX } from 'preact';
import {
  OverviewAccountsDocument,
  type OverviewAccountsQuery,
  OverviewBalanceDocument,
  type OverviewBalanceQuery,
} from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useCredits } from '../../app/use-credits.js';
import { useView } from '../../app/use-view.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatNumber, providerTitle } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Panel, Shown } from '../../ui/panel.js';
import { factsOf, isSoon } from './describe-balance.js';

type Account = OverviewAccountsQuery['connections']['nodes'][number];
type Balance = OverviewBalanceQuery['balance'];

const accountsMax = 5;

/** The balance of each account of the kind that is shown, and when it depletes. */
export const Balances = (): JSX.Element => {
  const { sandbox } = useCredits();
  const reading = useReading(OverviewAccountsDocument, {});
  return (
    <Panel
      title="Balances"
      width="third"
      tools={
        <Link to="/connections" class="button plain">
          Connections
        </Link>
      }
    >
      <Shown reading={reading}>
        {({ connections }) => {
          const accounts = accountsOf(connections.nodes, sandbox);
          if (accounts.length === 0) return <EmptyState title="No account is connected yet." />;
          const hidden = accounts.length - accountsMax;
          return (
            <>
              <ul class="rows">
                {accounts.slice(0, accountsMax).map((account) => (
                  <AccountBalance key={account.accountId} account={account} />
                ))}
              </ul>
              {hidden > 0 ? <p class="note hidden-shares">And {hidden} more accounts.</p> : null}
            </>
          );
        }}
      </Shown>
    </Panel>
  );
};

/** Each account once, under the name of its first connection. */
const accountsOf = (connections: readonly Account[], sandbox: boolean): Account[] => {
  const ofKind = connections.filter((one) => one.sandbox === sandbox);
  return [...new Map(ofKind.toReversed().map((one) => [one.accountId, one])).values()].toReversed();
};

const AccountBalance = ({ account }: { account: Account }): JSX.Element => {
  const reading = useReading(OverviewBalanceDocument, { connection: account.id });
  return (
    <li>
      <Shown reading={reading}>{({ balance }) => <Row account={account} balance={balance} />}</Shown>
    </li>
  );
};

const Row = ({ account, balance }: { account: Account; balance: Balance }): JSX.Element => {
  const { timeZone, now } = useView();
  const { remaining, estimated } = balance;
  return (
    <>
      <div class="share-text">
        <span class="name">{account.name}</span>
        <span class={isSoon(balance, now) ? 'figure soon' : 'figure'}>
          <b>{remaining === null ? 'Balance unknown' : formatNumber(remaining)}</b>
          {remaining === null ? null : estimated ? ' left, estimated' : ' left'}
        </span>
      </div>
      {factsOf(providerTitle(account.provider), balance, timeZone).map((fact) => (
        <p key={fact} class="note">
          {fact}
        </p>
      ))}
    </>
  );
};
