import type { JSX } from 'preact';
import { Page } from '../../ui/page.js';

export const RecordPage = (): JSX.Element => (
  <Page title="Record">
    <p>Not built yet.</p>
  </Page>
);
