import type { JSX } from 'preact';
import { EnrichFormDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { rolesWith, useSession } from '../../app/session.js';
import { useParameter } from '../../app/use-view.js';
import { Page } from '../../ui/page.js';
import { Shown } from '../../ui/panel.js';
import { Tabs } from '../../ui/tabs.js';
import { EnrichFlow } from './enrich-flow.js';
import { ListFlow } from './list-flow.js';

/** Looks up one record, or a list as a job, after showing what it may cost. */
export const EnrichPage = (): JSX.Element => {
  const { may } = useSession();
  const [kind] = useParameter('kind');
  const [list] = useParameter('list');
  const [by] = useParameter('by');
  const recordKind = kind === 'people' ? 'PERSON' : 'COMPANY';
  const reading = useReading(EnrichFormDocument, {}, { once: true });
  return (
    <Page
      title="Enrich"
      description="Look up companies and people. You see the price before anything is spent. A record that you have unlocked is free."
    >
      {may('ENRICH') ? (
        <>
          <Tabs
            label="Records"
            parameter="kind"
            tabs={[
              { value: 'companies', title: 'Companies' },
              { value: 'people', title: 'People' },
            ]}
          />
          <Tabs
            label="How many"
            parameter="list"
            tabs={[
              { value: 'one', title: 'One record' },
              { value: 'list', title: 'A list' },
            ]}
          />
          <Shown reading={reading}>
            {(choices) =>
              list === 'list' ? (
                <ListFlow key={kind} kind={recordKind} choices={choices} />
              ) : (
                <EnrichFlow key={`${kind ?? ''} ${by ?? ''}`} kind={recordKind} choices={choices} />
              )
            }
          </Shown>
        </>
      ) : (
        <p>Your token may not look up records. Use a token with the role {rolesWith('ENRICH')}.</p>
      )}
    </Page>
  );
};
