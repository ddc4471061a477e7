import type { JSX } from 'preact';
import type { ConnectionByIdQuery, ConnectionsQuery } from '../../api/operations.js';
import { ConnectionByIdDocument, ConnectionsDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { CopyButton } from '../../ui/copy-button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Fact } from '../../ui/fact.js';
import { formatInstant, formatWord, providerTitle } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { BalancePanels } from './balance-panels.js';
import { ConnectionActions } from './connection-actions.js';
import { ConnectionsNote } from './connection-list.js';
import {
  type AccountHealth,
  type Connection,
  ConnectionMarks,
  ConnectionState,
  healthOf,
} from './connection-state.js';
import { PresumedChargesPanel } from './presumed-charges-panel.js';

/** One connection: what it is, its account, and everything that can be done to it. */
export const ConnectionDetail = ({ id }: { id: string }): JSX.Element => {
  const reading = useReading(ConnectionByIdDocument, { id });
  const connection = reading.data?.connection ?? null;
  return (
    <Page
      title={connection?.name ?? 'Connection'}
      description={<Link to="/connections">All connections</Link>}
      actions={connection === null ? null : <ConnectionActions connection={connection} />}
    >
      <Shown reading={reading}>{(data) => <Detail data={data} id={id} />}</Shown>
    </Page>
  );
};

const Detail = ({ data, id }: { data: ConnectionByIdQuery; id: string }): JSX.Element => {
  const { connection, providers } = data;
  if (connection === null) {
    return (
      <Panel title="Not found">
        <EmptyState title="The workspace has no such connection.">
          If it was deleted, its entries and unlocks are still there, and its key is erased.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <>
      <div class="panels">
        <AccountPanel
          connection={connection}
          health={healthOf(connection, providers)}
          query={{ document: ConnectionByIdDocument, variables: { id } }}
        />
        <BalancePanels connection={connection} />
        <PresumedChargesPanel connection={connection} />
      </div>
      <ConnectionsNote />
    </>
  );
};

const AccountPanel = ({
  connection,
  health,
  query,
}: {
  connection: Connection;
  health: AccountHealth | null;
  query: { document: { toString: () => string }; variables: object };
}): JSX.Element => {
  const { timeZone } = useView();
  const { provider, keyHint, verifiedAt, createdAt, accountId } = connection;
  const all = useReading(ConnectionsDocument, {});
  return (
    <Panel title="Account" width="half" query={query}>
      <dl class="facts">
        <Fact title="Provider">
          {providerTitle(provider)}
          <ConnectionMarks connection={connection} />
        </Fact>
        <Fact title="Key">…{keyHint}</Fact>
        <Fact title="State">
          <ConnectionState connection={connection} health={health} />
        </Fact>
        <Fact title="Last verified">
          {verifiedAt === null ? 'Never' : formatInstant(verifiedAt, timeZone)}
        </Fact>
        <Fact title="Circuit breaker">
          <Breaker health={health} timeZone={timeZone} />
        </Fact>
        <Fact title="Created">{formatInstant(createdAt, timeZone)}</Fact>
        <Fact title="Other connections of the account">
          {all.data === undefined ? '…' : <Siblings all={all.data} connection={connection} />}
        </Fact>
        <Fact title="Account">
          <span class="id-text">{accountId}</span> <CopyButton text={accountId} what="the account’s id" />
        </Fact>
      </dl>
    </Panel>
  );
};

const Breaker = ({ health, timeZone }: { health: AccountHealth | null; timeZone: string }): JSX.Element => {
  if (health === null) return <>Closed. No call so far.</>;
  const { state, failures, reason, since, probeAt } = health;
  const facts = [
    since === null ? null : `since ${formatInstant(since, timeZone)}`,
    failures === 0 ? null : `${failures} ${failures === 1 ? 'failure' : 'failures'} in a row`,
    reason === null ? null : `last failure: ${formatWord(reason).toLowerCase()}`,
    probeAt === null ? null : `next probe at ${formatInstant(probeAt, timeZone)}`,
  ].filter((fact) => fact !== null);
  return (
    <>
      {formatWord(state)}
      {facts.length === 0 ? null : <span class="note choice-note">{facts.join(' · ')}</span>}
    </>
  );
};

const Siblings = ({ all, connection }: { all: ConnectionsQuery; connection: Connection }): JSX.Element => {
  const others = all.connections.nodes.filter(
    ({ id, accountId }) => accountId === connection.accountId && id !== connection.id,
  );
  if (others.length === 0) return <>None</>;
  return (
    <>
      {others.map(({ id, name }, at) => (
        <span key={id}>
          {at === 0 ? '' : ', '}
          <Link to="/connections" parameters={{ connection: id }}>
            {name}
          </Link>
        </span>
      ))}
    </>
  );
};
