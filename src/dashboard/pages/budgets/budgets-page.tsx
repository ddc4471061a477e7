import type { JSX } from 'preact';
import { Page } from '../../ui/page.js';

export const BudgetsPage = (): JSX.Element => (
  <Page title="Budgets">
    <p>Not built yet.</p>
  </Page>
);
