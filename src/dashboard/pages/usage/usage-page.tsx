import type { JSX } from 'preact';
import { Page } from '../../ui/page.js';

export const UsagePage = (): JSX.Element => (
  <Page title="Usage">
    <p>Not built yet.</p>
  </Page>
);
