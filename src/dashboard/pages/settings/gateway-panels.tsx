import type { JSX } from 'preact';
import {
  ProviderHealthDocument,
  type ProviderHealthQuery,
  SettingsDocument,
  type SettingsQuery,
} from '../../api/operations.js';
import { type Reading, useReading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { Badge, type Tone } from '../../ui/badge.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Fact } from '../../ui/fact.js';
import { formatInstant, formatWord } from '../../ui/format.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';

type Gateway = SettingsQuery['gateway'];

/** The workspace with its plan, the gateway with its health, and how long what is kept. */
export const GatewayPanels = (): JSX.Element => {
  const reading = useReading(SettingsDocument, {});
  return (
    <div class="panels">
      <WorkspacePanel reading={reading} />
      <GatewayPanel reading={reading} />
      <HealthPanel />
      <RetentionPanel reading={reading} />
    </div>
  );
};

type PanelProps = { reading: Reading<SettingsQuery> };

const planNotes = {
  FREE: "The operator's account pays for everything. Keys of your own are not allowed.",
  STARTER: 'Keys of your own are allowed.',
  EXPLORER: 'Keys of your own are allowed.',
  PRO: 'Keys of your own are allowed.',
} as const;

const WorkspacePanel = ({ reading }: PanelProps): JSX.Element => (
  <Panel title="Workspace" width="half">
    <Shown reading={reading}>
      {({ viewer: { workspace } }) => (
        <dl class="facts">
          <Fact title="Name">{workspace.name}</Fact>
          <Fact title="Plan">{formatWord(workspace.plan)}</Fact>
          <Fact title="What the plan allows" isWide>
            {planNotes[workspace.plan]} The operator sets the plan, and may limit the credits of the managed
            account for each plan.
          </Fact>
          <Fact title="Id" isWide>
            {workspace.id} <CopyButton text={workspace.id} what="the id of the workspace" />
          </Fact>
        </dl>
      )}
    </Shown>
  </Panel>
);

const readinessOf = (readiness: Gateway['readiness']): { tone: Tone; text: string } => {
  switch (readiness) {
    case 'READY':
      return { tone: 'good', text: 'Ready' };
    case 'MIGRATIONS_NOT_CURRENT':
      return { tone: 'bad', text: 'Migrations of another version: restart it' };
    case 'DATABASE_UNREACHABLE':
      return { tone: 'bad', text: 'The database does not answer' };
  }
};

const GatewayPanel = ({ reading }: PanelProps): JSX.Element => (
  <Panel title="Gateway" width="half" query={{ document: SettingsDocument, variables: {} }}>
    <Shown reading={reading}>
      {({ gateway }) => {
        const { tone, text } = readinessOf(gateway.readiness);
        return (
          <dl class="facts">
            <Fact title="Version">{gateway.version}</Fact>
            <Fact title="Health">
              <Badge tone={tone}>{text}</Badge>
            </Fact>
            <Fact title="Standby">{standbyText(gateway.standby)}</Fact>
            <Fact title="Sandbox">{gateway.sandbox ? 'On' : 'Off'}</Fact>
            <Fact title="Alerts by e-mail">
              {gateway.canEmail ? 'Available' : 'No SMTP server is set (SMTP_URL)'}
            </Fact>
            <Fact title="Address">{gateway.publicUrl ?? 'Not set (PUBLIC_URL)'}</Fact>
          </dl>
        );
      }}
    </Shown>
  </Panel>
);

const standbyText = (standby: Gateway['standby']): string => {
  if (standby === null) return 'None (DATABASE_READ_URL)';
  const lag = standby.lagSeconds === null ? '' : `, ${standby.lagSeconds.toFixed(1)} s behind`;
  return standby.problem === null
    ? `Read${lag}`
    : `Not read: ${formatWord(standby.problem).toLowerCase()}${lag}`;
};

type Account = { provider: string } & ProviderHealthQuery['providers'][number]['health'][number];

/** The circuit breakers, for viewers who may read connections. */
const HealthPanel = (): JSX.Element => {
  const { timeZone } = useView();
  const reading = useReading(ProviderHealthDocument, {});
  const columns: readonly Column<Account>[] = [
    { title: 'Account', cell: ({ connection }) => connection?.name ?? 'Managed account' },
    { title: 'Provider', cell: ({ provider }) => provider },
    {
      title: 'Calls',
      cell: ({ state }) =>
        state === 'CLOSED' ? (
          <Badge tone="good">Sent</Badge>
        ) : (
          <Badge tone="bad">{state === 'OPEN' ? 'Stopped' : 'One at a time'}</Badge>
        ),
    },
    {
      title: 'Last failure',
      cell: ({ reason, since }) =>
        reason === null || since === null
          ? '–'
          : `${formatWord(reason)}, since ${formatInstant(since, timeZone)}`,
    },
  ];
  return (
    <Panel title="Health of accounts" query={{ document: ProviderHealthDocument, variables: {} }}>
      <Shown reading={reading}>
        {({ providers }) => {
          const accounts = providers.flatMap(({ title, health }) =>
            health.map((account): Account => ({ provider: title, ...account })),
          );
          return accounts.length === 0 ? (
            <p class="quiet">No account is known yet.</p>
          ) : (
            <Table
              caption="Circuit breakers of this instance"
              columns={columns}
              rows={accounts}
              keyOf={({ provider, connection }) => connection?.id ?? provider}
            />
          );
        }}
      </Shown>
    </Panel>
  );
};

const RetentionPanel = ({ reading }: PanelProps): JSX.Element => (
  <Panel title="Retention">
    <Shown reading={reading}>
      {({ gateway: { snapshotMaxAge } }) => (
        <dl class="facts">
          <Fact title="Snapshots of records (SNAPSHOT_MAX_AGE)">{ageText(Number(snapshotMaxAge))}</Fact>
          <Fact title="Ledger entries">Kept, until the operator archives whole months</Fact>
          <Fact title="Unlocks">Kept: a record that was bought stays free</Fact>
          <Fact title="Audit log">Kept</Fact>
          <Fact title="Responses under an Idempotency-Key">24 hours, encrypted</Fact>
        </dl>
      )}
    </Shown>
  </Panel>
);

/** How long a snapshot is used, in the largest unit that fits. */
const ageText = (seconds: number): string => {
  if (seconds === 0) return 'No content of records is stored';
  const units = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const;
  const [size, unit] = units.find(([length]) => seconds % length === 0) ?? [1, 'second'];
  const count = seconds / size;
  return `Used for ${count} ${unit}${count === 1 ? '' : 's'}, then fetched again`;
};
