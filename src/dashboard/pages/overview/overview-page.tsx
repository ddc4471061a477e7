import type { JSX } from 'preact';
import { ReceiptInAddress } from '../../receipt/receipt-dialog.js';
import { Page } from '../../ui/page.js';
import { Alerts } from './alerts.js';
import { Balances } from './balances.js';
import { ByToken, ByWorkflow } from './breakdowns.js';
import { Budgets } from './budgets.js';
import { ByProvider } from './by-provider.js';
import { Connections } from './connections.js';
import { CreditsOverTime } from './credits-over-time.js';
import { FirstSteps } from './first-steps.js';
import { RecentEntries } from './recent-entries.js';
import { Summary } from './summary.js';

/** The state of the workspace on one page. What is changed is changed on the page of its own. */
export const OverviewPage = (): JSX.Element => (
  <Page title="Overview" hasPeriod hasCredits>
    <FirstSteps />
    <div class="panels overview">
      <Summary />
      <CreditsOverTime />
      <Balances />
      <ByWorkflow />
      <ByToken />
      <ByProvider />
      <Budgets />
      <Alerts />
      <Connections />
      <RecentEntries />
    </div>
    <ReceiptInAddress />
  </Page>
);
