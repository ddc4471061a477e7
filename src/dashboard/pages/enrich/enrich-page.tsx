import type { JSX } from 'preact';
import { EnrichFormDocument, type Operation } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { rolesWith, useSession } from '../../app/session.js';
import { useParameter } from '../../app/use-view.js';
import { Page } from '../../ui/page.js';
import { Shown } from '../../ui/panel.js';
import { Tabs } from '../../ui/tabs.js';
import { EnrichFlow } from './enrich-flow.js';
import { FoundPeopleForm } from './found-people-form.js';
import { ListFlow } from './list-flow.js';

/** Looks up one record, or a list as a job, after showing what it may cost. */
export const EnrichPage = (): JSX.Element => {
  const { may } = useSession();
  const [kind] = useParameter('kind');
  const [list] = useParameter('list');
  const [by] = useParameter('by');
  const [job] = useParameter('job');
  const operation = operations.find(({ value }) => value === kind)?.operation ?? 'COMPANY';
  const isSearch = job === null && operation === 'PEOPLE_SEARCH';
  const reading = useReading(EnrichFormDocument, {}, { once: true });
  return (
    <Page
      title="Enrich"
      description={
        isSearch
          ? 'Search the people of each company of a list. The search is free. Then choose whom of them you enrich.'
          : 'Look up companies and people. You see the price before anything is spent. A record that you have unlocked is free.'
      }
    >
      {may('ENRICH') ? (
        <>
          {job === null ? <KindTabs operation={operation} /> : null}
          <Shown reading={reading}>
            {(choices) => {
              if (job !== null) return <FoundPeopleForm key={job} id={job} choices={choices} />;
              if (operation === 'PEOPLE_SEARCH' || list === 'list')
                return <ListFlow key={kind} operation={operation} choices={choices} />;
              return <EnrichFlow key={`${kind ?? ''} ${by ?? ''}`} kind={operation} choices={choices} />;
            }}
          </Shown>
        </>
      ) : (
        <p>Your token may not look up records. Use a token with the role {rolesWith('ENRICH')}.</p>
      )}
    </Page>
  );
};

const operations: readonly { value: string; title: string; operation: Operation }[] = [
  { value: 'companies', title: 'Companies', operation: 'COMPANY' },
  { value: 'people', title: 'People', operation: 'PERSON' },
  { value: 'search', title: 'People search', operation: 'PEOPLE_SEARCH' },
];

const KindTabs = ({ operation }: { operation: Operation }): JSX.Element => (
  <>
    <Tabs label="Records" parameter="kind" tabs={operations} />
    {operation === 'PEOPLE_SEARCH' ? null : (
      <Tabs
        label="How many"
        parameter="list"
        tabs={[
          { value: 'one', title: 'One record' },
          { value: 'list', title: 'A list' },
        ]}
      />
    )}
  </>
);
