import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useParameter } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { Page } from '../../ui/page.js';
import { Tabs } from '../../ui/tabs.js';
import { ChargebackPanel } from './chargeback-panel.js';
import { FilterBar } from './filter-bar.js';
import { UsageFigures } from './usage-figures.js';
import { SavedViewsDialog } from './saved-views.js';
import { UsageChart } from './usage-chart.js';
import { UsageTable } from './usage-table.js';
import { useUsageAddress } from './use-usage-address.js';

/** Who spent credits on what: grouped, filtered, compared with the period before, and divided among workflows. */
export const UsagePage = (): JSX.Element => {
  const { problems } = useUsageAddress();
  const [tab] = useParameter('tab');
  const [isOpen, setOpen] = useState(false);
  return (
    <Page
      title="Usage"
      description="Who spent credits on what. Every figure leads to the entries behind it."
      hasPeriod
      hasCredits
      actions={<Button onClick={() => setOpen(true)}>Saved views</Button>}
    >
      {problems.map((problem) => (
        <p key={problem} class="notice bad" role="alert">
          {problem}
        </p>
      ))}
      <FilterBar />
      <UsageFigures />
      <Tabs
        label="Report"
        parameter="tab"
        tabs={[
          { value: 'groups', title: 'Groups' },
          { value: 'chargeback', title: 'Chargeback' },
        ]}
      />
      {tab === 'chargeback' ? (
        <ChargebackPanel />
      ) : (
        <>
          <UsageChart />
          <UsageTable />
        </>
      )}
      {isOpen ? <SavedViewsDialog close={() => setOpen(false)} /> : null}
    </Page>
  );
};
