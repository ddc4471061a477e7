import type { JSX } from 'preact';
import { type WaterfallFieldsFragment, WaterfallsDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { rolesWith, useSession } from '../../app/session.js';
import { useNow } from '../../app/use-now.js';
import { useParameter } from '../../app/use-view.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatAgo, formatWord } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { type StepChoices, stepsOf, titleOf } from './steps.js';
import { WaterfallEditor } from './waterfall-editor.js';

const isNew = 'new';

/** The saved waterfalls; with `waterfall` in the address, one of them, or a new one. */
export const WaterfallsPage = (): JSX.Element => {
  const [id, open] = useParameter('waterfall');
  const { may } = useSession();
  const mayChange = may('MANAGE_WATERFALLS');
  const reading = useReading(WaterfallsDocument, {});
  const shown = reading.data?.waterfalls.nodes.find((one) => one.id === id) ?? null;
  return (
    <Page
      title={id === null ? 'Waterfalls' : id === isNew ? 'New waterfall' : (shown?.name ?? 'Waterfall')}
      description={
        id === null ? (
          'Providers that a lookup tries in order, until one has the record with every required field.'
        ) : (
          <Link to="/waterfalls">All waterfalls</Link>
        )
      }
      actions={
        id === null && mayChange ? (
          <Button kind="primary" onClick={() => open(isNew, { push: true })}>
            New waterfall
          </Button>
        ) : null
      }
    >
      {id === isNew && !mayChange ? (
        <Panel title="Steps">
          <EmptyState title={`A new waterfall needs the role ${rolesWith('MANAGE_WATERFALLS')}.`} />
        </Panel>
      ) : (
        <Shown reading={reading}>
          {({ waterfalls: { nodes }, connections, providers }) => {
            const choices: StepChoices = { connections: connections.nodes, providers };
            return id === null ? (
              <WaterfallList waterfalls={nodes} choices={choices} />
            ) : (
              <WaterfallEditor key={id} id={id === isNew ? null : id} present={shown} choices={choices} />
            );
          }}
        </Shown>
      )}
      {mayChange || id === isNew ? null : (
        <p class="note page-note">Changing waterfalls requires the role {rolesWith('MANAGE_WATERFALLS')}.</p>
      )}
    </Page>
  );
};

const WaterfallList = ({
  waterfalls,
  choices,
}: {
  waterfalls: readonly WaterfallFieldsFragment[];
  choices: StepChoices;
}): JSX.Element => {
  const now = useNow();
  const columns: readonly Column<WaterfallFieldsFragment>[] = [
    {
      title: 'Name',
      cell: ({ id, name, defaultFor }) => (
        <>
          <Link to="/waterfalls" parameters={{ waterfall: id }}>
            {name}
          </Link>{' '}
          {defaultFor === null ? null : <Badge>Default for {formatWord(defaultFor).toLowerCase()}</Badge>}
        </>
      ),
      sortBy: ({ name }) => name.toLowerCase(),
    },
    {
      title: 'Steps',
      cell: (waterfall) => (
        <span class="flow">
          {stepsOf(waterfall)
            .map(({ payer }) => titleOf(payer, choices))
            .join(' → ')}
        </span>
      ),
    },
    { title: 'Changed', cell: ({ updatedAt }) => formatAgo(updatedAt, now), isExtra: true },
  ];
  return (
    <Panel title="Waterfalls" query={{ document: WaterfallsDocument, variables: {} }}>
      {waterfalls.length === 0 ? (
        <EmptyState title="No waterfall is saved yet.">
          Lookups that name no waterfall and no connection call Firmable.
        </EmptyState>
      ) : (
        <Table caption="Saved waterfalls" columns={columns} rows={waterfalls} keyOf={({ id }) => id} />
      )}
    </Panel>
  );
};
