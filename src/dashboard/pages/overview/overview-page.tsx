import type { JSX } from 'preact';
import { Page } from '../../ui/page.js';

export const OverviewPage = (): JSX.Element => (
  <Page title="Overview">
    <p>Not built yet.</p>
  </Page>
);
