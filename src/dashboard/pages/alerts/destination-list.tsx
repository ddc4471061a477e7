import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type DeliveryStateFragment, SendTestAlertDocument } from '../../api/operations.js';
import { messageOf } from '../../api/request-error.js';
import { useChange } from '../../api/use-operation.js';
import { useSession } from '../../app/session.js';
import { useView } from '../../app/use-view.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { DeliveryState } from '../../ui/delivery-state.js';
import { formatMoment } from '../../ui/format.js';
import { type Destination, events, eventTitles, kindTitles } from './alert-words.js';

export type DestinationAction = { kind: 'EDIT' | 'DELETE' | 'ROTATE'; destination: Destination };

/** Where alerts are sent, with the latest delivery to each. */
export const DestinationList = ({
  destinations,
  latest,
  choose,
}: {
  destinations: readonly Destination[];
  /** The latest delivery by the destination's id. */
  latest: ReadonlyMap<string, DeliveryStateFragment>;
  choose: (action: DestinationAction) => void;
}): JSX.Element => (
  <ul class="rows">
    {destinations.map((destination) => (
      <DestinationItem
        key={destination.id}
        destination={destination}
        latest={latest.get(destination.id)}
        choose={choose}
      />
    ))}
  </ul>
);

type TestResult = { text: string; isBad: boolean };

const DestinationItem = ({
  destination,
  latest,
  choose,
}: {
  destination: Destination;
  latest: DeliveryStateFragment | undefined;
  choose: (action: DestinationAction) => void;
}): JSX.Element => {
  const { timeZone } = useView();
  const [result, setResult] = useState<TestResult | null>(null);
  const { name, kind, url, recipients, enabled, testedAt } = destination;
  return (
    <li class="destination" aria-label={name}>
      <div class="destination-name">
        <h3>{name}</h3>
        <p class="marks">
          <Badge>{kindTitles[kind]}</Badge>
          {enabled ? null : <Badge tone="warning">Disabled</Badge>}
        </p>
        <p class="note">{url ?? recipients?.join(', ')}</p>
      </div>
      <div class="destination-facts">
        <Facts destination={destination} />
        {latest === undefined ? (
          <p class="note">No alert was sent there yet.</p>
        ) : (
          <DeliveryState delivery={latest} timeZone={timeZone} title="Latest alert" />
        )}
        <p class={result?.isBad === true ? 'wrong' : 'note'} role="status">
          {result?.text ?? (testedAt === null ? '' : `Tested ${formatMoment(testedAt, timeZone)}.`)}
        </p>
      </div>
      <Tools destination={destination} choose={choose} show={setResult} />
    </li>
  );
};

const Facts = ({ destination: { events: chosen, budgets, connections } }: { destination: Destination }) => (
  <>
    <p class="note">
      {chosen.length === events.length ? 'All events' : chosen.map((event) => eventTitles[event]).join(', ')}
    </p>
    {budgets === null ? null : <Only what="Budgets" names={budgets.map(({ name }) => name)} />}
    {connections === null ? null : (
      <Only
        what="Connections"
        names={connections.map(({ name, sandbox }) => (sandbox ? `${name} (Sandbox)` : name))}
      />
    )}
  </>
);

const Only = ({ what, names }: { what: string; names: readonly string[] }): JSX.Element => (
  <p class="note">
    {what}: {names.length === 0 ? 'none is left' : names.join(', ')}
  </p>
);

type ToolsProps = {
  destination: Destination;
  choose: (action: DestinationAction) => void;
  show: (result: TestResult) => void;
};

const Tools = ({ destination, choose, show }: ToolsProps): JSX.Element | null => {
  const { may } = useSession();
  const { run, isRunning } = useChange(SendTestAlertDocument);
  if (!may('MANAGE_ALERTS')) return null;
  const { id, name, kind } = destination;
  const test = async (): Promise<void> => {
    const { sendTestAlert: done } = await run({ id });
    const [refusal] = done.userErrors;
    if (refusal !== undefined) show({ text: refusal.message, isBad: true });
    else if (done.delivered) show({ text: `The test was delivered${statusOf(done.status)}.`, isBad: false });
    else show({ text: `The test failed: ${done.error ?? 'unknown error'}.`, isBad: true });
  };
  const tool = (action: DestinationAction['kind'], text: string, label: string): ComponentChildren => (
    <Button label={label} onClick={() => choose({ kind: action, destination })}>
      {text}
    </Button>
  );
  return (
    <div class="row-tools">
      <Button
        label={`Test ${name}`}
        isDisabled={isRunning}
        onClick={() => {
          test().catch((error: unknown) => show({ text: messageOf(error), isBad: true }));
        }}
      >
        {isRunning ? 'Sending…' : 'Test'}
      </Button>
      {kind === 'WEBHOOK' ? tool('ROTATE', 'Rotate secret', `Rotate secret of ${name}`) : null}
      {tool('EDIT', 'Edit', `Edit ${name}`)}
      {tool('DELETE', 'Delete', `Delete ${name}`)}
    </div>
  );
};

const statusOf = (status: number | null): string => (status === null ? '' : ` (status ${status})`);
