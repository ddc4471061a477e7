import type { JSX } from 'preact';
import { JobsDocument, type JobRowFactsFragment } from '../../api/operations.js';
import { usePages } from '../../api/use-pages.js';
import { useSession } from '../../app/session.js';
import { useParameter, useView } from '../../app/use-view.js';
import { EmptyState } from '../../ui/empty-state.js';
import { SelectField } from '../../ui/field.js';
import { formatInstant, formatNumber, formatWord } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { MoreButton } from '../../ui/more-button.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { JobState, jobStates, titleOfState } from './job-state.js';
import { ProgressBar } from './progress-bar.js';

const pageSize = 25;

/** The lists that are or were looked up in the background. */
export const JobsPage = (): JSX.Element => {
  const { may } = useSession();
  const { timeZone } = useView();
  const [chosen, choose] = useParameter('state');
  const state = jobStates.find((one) => one === chosen) ?? null;
  const reading = usePages(JobsDocument, { first: pageSize, state }, ({ jobs }) => jobs);
  return (
    <Page
      title="Jobs"
      description="Lists that are looked up in the background. Each has its price before it starts, and its results while it runs."
      actions={
        may('ENRICH') ? (
          <Link to="/enrich" parameters={{ list: 'list' }} class="button primary">
            New list
          </Link>
        ) : undefined
      }
    >
      <Panel title="Jobs">
        <div class="job-filter">
          <SelectField
            name="state"
            label="State"
            value={state ?? ''}
            options={[
              { value: '', title: 'All' },
              ...jobStates.map((one) => ({ value: one, title: titleOfState(one) })),
            ]}
            onChange={choose}
          />
        </div>
        <Shown reading={reading}>
          {(jobs) =>
            jobs.length === 0 ? (
              <EmptyState
                title={state === null ? 'No list has been looked up yet.' : 'No job is in this state.'}
              />
            ) : (
              <>
                <div class="job-rows">
                  <Table
                    caption="Jobs, newest first"
                    columns={columnsIn(timeZone)}
                    rows={jobs}
                    keyOf={({ id }) => id}
                  />
                </div>
                <MoreButton
                  what="jobs"
                  hasMore={reading.hasMore}
                  isLoading={reading.isLoadingMore}
                  load={reading.loadMore}
                />
              </>
            )
          }
        </Shown>
      </Panel>
    </Page>
  );
};

const columnsIn = (timeZone: string): readonly Column<JobRowFactsFragment>[] => [
  { title: 'Name', cell: ({ id, name }) => <Link to={`/jobs/${id}`}>{name}</Link> },
  { title: 'State', cell: (job) => <JobState job={job} /> },
  {
    title: 'Progress',
    cell: ({ name, progress }) => <ProgressBar label={`Progress of ${name}`} share={progress} />,
  },
  { title: 'Rows', cell: ({ rows }) => formatNumber(rows), isNumber: true },
  {
    title: 'Charged',
    cell: ({ creditsCharged, sandbox }) =>
      `${formatNumber(creditsCharged)}${sandbox === true ? ' (sandbox)' : ''}`,
    isNumber: true,
  },
  { title: 'Operation', cell: ({ operation }) => formatWord(operation), isExtra: true },
  { title: 'Created', cell: ({ createdAt }) => formatInstant(createdAt, timeZone), isExtra: true },
  { title: 'By', cell: ({ createdBy }) => createdBy?.name ?? '–', isExtra: true },
];
