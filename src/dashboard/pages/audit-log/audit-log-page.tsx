import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useSearchParams } from 'wouter-preact';
import { AuditLogDocument, type AuditLogQuery } from '../../api/operations.js';
import { messageOf } from '../../api/request-error.js';
import { usePages } from '../../api/use-pages.js';
import { rolesWith, useSession } from '../../app/session.js';
import { useDialogInAddress, useView } from '../../app/use-view.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatInstant, formatNumber, formatWord } from '../../ui/format.js';
import { MoreButton } from '../../ui/more-button.js';
import { useNotices } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { exportPath, filterParameters, readFilter } from './audit-filter.js';
import { AuditFilters } from './audit-filters.js';
import { ChangeDialog } from './change-dialog.js';
import { nameIn } from './difference.js';

type AuditEvent = AuditLogQuery['auditLog']['nodes'][number];

export const AuditLogPage = (): JSX.Element => {
  const { may } = useSession();
  const mayRead = may('READ_AUDIT_LOG');
  return (
    <Page
      title="Audit log"
      description="Every change: who, when, from where, before and after."
      hasPeriod={mayRead}
    >
      {mayRead ? (
        <Log />
      ) : (
        <Panel title="Changes">
          <EmptyState title={`The audit log needs the role ${rolesWith('READ_AUDIT_LOG')}.`} />
        </Panel>
      )}
    </Page>
  );
};

const Log = (): JSX.Element => {
  const { period, timeZone } = useView();
  const [parameters, setParameters] = useSearchParams();
  const change = useDialogInAddress('change');
  const { filter, problems } = readFilter(parameters, period);
  const changes = usePages(AuditLogDocument, { filter }, (data) => data.auditLog);
  const columns = useMemo(() => columnsOf(timeZone, change.open), [timeZone, parameters.toString()]);
  const isFiltered = filterParameters.some((name) => parameters.has(name));
  const clear = (): void =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        for (const name of filterParameters) after.delete(name);
        return after;
      },
      { replace: true },
    );
  return (
    <>
      {problems.map((problem) => (
        <p key={problem} class="notice bad" role="alert">
          {problem}
        </p>
      ))}
      <AuditFilters clear={isFiltered ? clear : null} />
      <Panel
        title={changes.totalCount === null ? 'Changes' : `Changes (${formatNumber(changes.totalCount)})`}
        tools={<ExportButtons filter={filter} />}
        query={{ document: AuditLogDocument, variables: { filter } }}
      >
        <Shown reading={changes}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState title="Nothing was changed that the period and the filter select." />
            ) : (
              <Table caption="Changes, newest first" columns={columns} rows={rows} keyOf={({ id }) => id} />
            )
          }
        </Shown>
        <MoreButton
          hasMore={changes.hasMore}
          isLoading={changes.isLoadingMore}
          load={changes.loadMore}
          what="changes"
        />
      </Panel>
      {change.value === null ? null : (
        <ChangeDialog key={change.value} id={change.value} close={change.close} />
      )}
    </>
  );
};

const ExportButtons = ({ filter }: { filter: Parameters<typeof exportPath>[0] }): JSX.Element => {
  const { client } = useSession();
  const { warn } = useNotices();
  const save = (format: 'csv' | 'ndjson'): void => {
    client
      .download(exportPath(filter, format), `audit.${format}`)
      .catch((error: unknown) => warn(messageOf(error)));
  };
  return (
    <>
      <Button kind="plain" label="CSV of these changes" onClick={() => save('csv')}>
        CSV
      </Button>
      <Button kind="plain" label="NDJSON of these changes" onClick={() => save('ndjson')}>
        NDJSON
      </Button>
    </>
  );
};

const columnsOf = (timeZone: string, choose: (id: string) => void): readonly Column<AuditEvent>[] => [
  {
    title: 'Action',
    cell: ({ id, action, occurredAt }) => (
      <button
        type="button"
        class="button plain strong"
        aria-label={`${action}, ${formatInstant(occurredAt, timeZone)}`}
        onClick={() => choose(id)}
      >
        {action}
      </button>
    ),
  },
  {
    title: 'Subject',
    cell: ({ subject, before, after }) => {
      const name = nameIn(before, after);
      return (
        <>
          {name === null ? null : <span title={name}>{name}</span>}
          {subject === null ? null : (
            <span class="below" title={subject}>
              {subject}
            </span>
          )}
        </>
      );
    },
  },
  {
    title: 'By',
    cell: ({ actor, byOperator, role }) => (
      <>
        <span title={actor}>{actor}</span> {byOperator ? <Badge>Operator</Badge> : null}
        {role === null ? null : <span class="below">{formatWord(role)}</span>}
      </>
    ),
  },
  { title: 'When', cell: ({ occurredAt }) => formatInstant(occurredAt, timeZone) },
  { title: 'From', cell: ({ remoteAddress }) => remoteAddress ?? '–' },
];
