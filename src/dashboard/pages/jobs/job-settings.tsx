import type { JSX } from 'preact';
import type { JobFactsFragment } from '../../api/operations.js';
import { useView } from '../../app/use-view.js';
import { Facts } from '../../ui/fact.js';
import { formatCredits, formatInstant, formatNumber, formatWord, identifierTitle } from '../../ui/format.js';

/** What a job looks up, how, and who created it. */
export const JobSettings = ({ job }: { job: JobFactsFragment }): JSX.Element => {
  const { timeZone } = useView();
  const { source, options } = job;
  return (
    <Facts
      facts={[
        ['Operation', formatWord(job.operation)],
        ['List', source == null ? null : nameOfList(source)],
        ['Rows', formatNumber(job.rows)],
        [
          'Looked up by',
          source?.mapping
            .map(({ column, identifier }) =>
              source.kind === 'LIST'
                ? identifierTitle(identifier)
                : `${column} (${identifierTitle(identifier)})`,
            )
            .join(', ') ?? null,
        ],
        ['Most credits', typeof job.maxCredits === 'number' ? formatCredits(job.maxCredits) : 'No limit'],
        ['Workflow', job.workflow ?? null],
        ['Waterfall', options.waterfallName ?? null],
        ['Connection', options.connection == null ? null : nameOf(options.connection)],
        ['Country', options.country ?? null],
        ['Created', formatInstant(job.createdAt, timeZone)],
        ['Created by', job.createdBy?.name ?? null],
      ]}
    />
  );
};

/** The list that a search makes has a column of its own for the ids of the people. */
const nameOfList = ({ kind, fileName, columns }: NonNullable<JobFactsFragment['source']>): string => {
  if (kind !== 'LIST') return fileName ?? kind;
  return columns.includes('personId') ? 'People found by a search' : 'Pasted list';
};

const nameOf = ({ name, sandbox }: { name: string; sandbox: boolean }): string =>
  sandbox ? `${name} (sandbox)` : name;
