import type { JSX } from 'preact';
import { OverviewAccountsDocument, type OverviewAccountsQuery } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useSession } from '../../app/session.js';
import { useView } from '../../app/use-view.js';
import { Badge, type Tone } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatAgo, formatWord, providerTitle } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Panel, Shown } from '../../ui/panel.js';

type Connection = OverviewAccountsQuery['connections']['nodes'][number];
type Health = OverviewAccountsQuery['providers'][number]['health'][number];

const shownMax = 5;

/** The stored keys and whether they work: those that do not come first. */
export const Connections = (): JSX.Element => {
  const { hasOwnKeys } = useSession();
  const { now } = useView();
  const reading = useReading(OverviewAccountsDocument, {});
  return (
    <Panel
      title="Connections"
      width="third"
      tools={
        <Link to="/connections" class="button plain" label="All connections">
          All
        </Link>
      }
    >
      <Shown reading={reading}>
        {({ connections: { nodes }, providers }) => {
          if (nodes.length === 0) return <NoConnection hasOwnKeys={hasOwnKeys} />;
          const health = providers.flatMap((provider) => provider.health);
          const states = nodes.map((connection) => ({
            connection,
            state: stateOf(
              connection,
              health.find((one) => one.connection?.id === connection.id),
              now,
            ),
          }));
          const sorted = states.toSorted(
            (a, b) => Number(b.state.tone === 'bad') - Number(a.state.tone === 'bad'),
          );
          const hidden = sorted.length - shownMax;
          return (
            <>
              <ul class="rows">
                {sorted.slice(0, shownMax).map(({ connection, state }) => (
                  <li key={connection.id} class="row">
                    <div class="row-text">
                      <p>{connection.name}</p>
                      <p class="note">{describe(connection)}</p>
                    </div>
                    <Badge tone={state.tone}>{state.text}</Badge>
                  </li>
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

const NoConnection = ({ hasOwnKeys }: { hasOwnKeys: boolean }): JSX.Element =>
  hasOwnKeys ? (
    <EmptyState title="No key is stored yet.">
      <Link to="/connections">Add a connection</Link>
    </EmptyState>
  ) : (
    <EmptyState title="On the plan FREE the managed account pays, and no keys are stored." />
  );

const describe = ({ provider, sandbox, isDefault }: Connection): string =>
  [providerTitle(provider), sandbox ? 'sandbox' : null, isDefault ? 'default' : null]
    .filter((fact) => fact !== null)
    .join(' · ');

const stateOf = (
  { isDisabled, problem, verifiedAt }: Connection,
  health: Health | undefined,
  now: Date,
): { tone: Tone; text: string } => {
  if (isDisabled) return { tone: 'neutral', text: 'Disabled' };
  if (health !== undefined && health.state !== 'CLOSED')
    return { tone: 'bad', text: `Paused: ${formatWord(health.reason ?? 'it fails').toLowerCase()}` };
  if (problem !== null) return { tone: 'bad', text: formatWord(problem) };
  if (verifiedAt === null) return { tone: 'neutral', text: 'Not verified' };
  return { tone: 'good', text: `Verified ${formatAgo(verifiedAt, now)}` };
};
