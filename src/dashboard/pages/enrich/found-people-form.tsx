import type { JSX } from 'preact';
import { JobDocument, type RecordField } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { ChecksField } from '../../ui/checks-field.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Form } from '../../ui/form.js';
import { recordFieldTitle } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Panel, Shown } from '../../ui/panel.js';
import { ListFields } from './list-fields.js';
import { QuoteButton } from './list-form.js';
import { useCreateJob } from './use-create-job.js';
import type { Choices } from './wanted.js';

/** What a search says of the people that it finds. */
const fields = [
  'WORK_EMAIL',
  'PERSONAL_EMAIL',
  'EMAIL',
  'PHONE',
  'LINKEDIN',
  'POSITION',
] as const satisfies readonly RecordField[];

const nameMax = 200;

/** The people that a job has found, as the list of another one: which of them, and how they are looked up. */
export const FoundPeopleForm = ({ id, choices }: { id: string; choices: Choices }): JSX.Element => {
  const reading = useReading(JobDocument, { id }, { once: true });
  const createJob = useCreateJob();
  return (
    <Panel title="People found by a search">
      <Shown reading={reading}>
        {({ job }) =>
          job == null || job.operation !== 'PEOPLE_SEARCH' ? (
            <EmptyState title="This workspace has no such people search. It may have been deleted." />
          ) : (
            <Form
              label="Enrich what was found"
              submit={async (values) => {
                const chosen = values.all('require');
                return await createJob(
                  {
                    name: `People of ${job.name}`.slice(0, nameMax),
                    operation: 'PERSON',
                    source: { job: id },
                    require: fields.filter((field) => chosen.includes(field)),
                  },
                  values,
                );
              }}
            >
              <p>
                The rows are the people that the search <Link to={`/jobs/${id}`}>{job.name}</Link> has found,
                each with the columns of its company.
              </p>
              <ChecksField
                name="require"
                label="Only people who have"
                options={fields.map((value) => ({ value, title: recordFieldTitle(value) }))}
                values={[]}
                help="Nothing is paid for people of whom the search says that one of these is missing. They are left out."
              />
              <ListFields operation="PERSON" choices={choices} />
              <QuoteButton />
            </Form>
          )
        }
      </Shown>
    </Panel>
  );
};
