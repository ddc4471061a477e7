import type { JSX } from 'preact';
import { AuditEventDocument, type AuditEventQuery } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { Badge } from '../../ui/badge.js';
import { Dialog } from '../../ui/dialog.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Fact } from '../../ui/fact.js';
import { formatInstant, formatWord } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { differenceOf, type FieldChange } from './difference.js';

type Node = NonNullable<AuditEventQuery['node']>;
type AuditEvent = Exclude<Node, Record<PropertyKey, never>>;

const isAuditEvent = (node: Node): node is AuditEvent => 'action' in node;

/** A change with its fields before and after. */
export const ChangeDialog = ({ id, close }: { id: string; close: () => void }): JSX.Element => {
  const reading = useReading(AuditEventDocument, { id }, { once: true });
  const node = reading.data?.node;
  const event = node !== undefined && node !== null && isAuditEvent(node) ? node : null;
  return (
    <Dialog title={event === null ? 'Change' : event.action} isWide close={close}>
      <Shown reading={reading}>
        {() =>
          event === null ? (
            <EmptyState title="The audit log of this workspace has no such change." />
          ) : (
            <Change event={event} />
          )
        }
      </Shown>
    </Dialog>
  );
};

const Change = ({ event }: { event: AuditEvent }): JSX.Element => {
  const { timeZone } = useView();
  const fields = differenceOf(event.before, event.after);
  return (
    <div class="form">
      <dl class="facts">
        <Fact title="When">{formatInstant(event.occurredAt, timeZone)}</Fact>
        <Fact title="By">
          {event.token === null ? (
            event.actor
          ) : (
            <Link to="/audit-log" parameters={{ token: event.token.id }}>
              {event.actor}
            </Link>
          )}{' '}
          {event.byOperator ? <Badge>Operator</Badge> : null}
        </Fact>
        {event.token === null || event.token.name === event.actor ? null : (
          <Fact title="The token is now called">{event.token.name}</Fact>
        )}
        {event.role === null ? null : <Fact title="Role">{formatWord(event.role)}</Fact>}
        {event.subject === null ? null : (
          <Fact title="Subject">
            <Link to="/audit-log" parameters={{ subject: event.subject }}>
              {event.subject}
            </Link>
          </Fact>
        )}
        {event.remoteAddress === null ? null : <Fact title="From">{event.remoteAddress}</Fact>}
        {event.requestId === null ? null : (
          <Fact title="Request">
            <Link to="/audit-log" parameters={{ request: event.requestId }}>
              {event.requestId}
            </Link>
          </Fact>
        )}
        {event.userAgent === null ? null : (
          <Fact title="Client" isWide>
            {event.userAgent}
          </Fact>
        )}
      </dl>
      {fields.length === 0 ? (
        <p class="quiet">No fields are recorded.</p>
      ) : (
        <Table caption="Fields before and after" columns={columnsOf(event)} rows={fields} keyOf={keyOf} />
      )}
    </div>
  );
};

const keyOf = ({ field }: FieldChange): string => field;

const columnsOf = ({ before, after }: AuditEvent): readonly Column<FieldChange>[] => [
  { title: 'Field', cell: ({ field }) => field },
  ...(before === null
    ? []
    : [
        {
          title: 'Before',
          cell: (one: FieldChange) => (
            <Value text={one.before} isMarked={one.isChanged && after !== null} mark="del" />
          ),
        },
      ]),
  ...(after === null
    ? []
    : [
        {
          title: 'After',
          cell: (one: FieldChange) => (
            <Value text={one.after} isMarked={one.isChanged && before !== null} mark="ins" />
          ),
        },
      ]),
];

const Value = ({
  text,
  isMarked,
  mark: Mark,
}: {
  text: string | null;
  isMarked: boolean;
  mark: 'del' | 'ins';
}): JSX.Element => {
  if (text === null) return <span class="quiet">–</span>;
  return isMarked ? <Mark class="fact-text">{text}</Mark> : <span class="fact-text quiet">{text}</span>;
};
