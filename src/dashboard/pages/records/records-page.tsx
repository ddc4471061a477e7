import type { JSX } from 'preact';
import { Page } from '../../ui/page.js';

export const RecordsPage = (): JSX.Element => (
  <Page title="Records">
    <p>Not built yet.</p>
  </Page>
);
