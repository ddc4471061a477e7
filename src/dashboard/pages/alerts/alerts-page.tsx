import type { JSX } from 'preact';
import { Page } from '../../ui/page.js';

export const AlertsPage = (): JSX.Element => (
  <Page title="Alerts">
    <p>Not built yet.</p>
  </Page>
);
