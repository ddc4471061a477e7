import type { JSX } from 'preact';
import { Page } from '../../ui/page.js';

export const AccessPage = (): JSX.Element => (
  <Page title="Access">
    <p>Not built yet.</p>
  </Page>
);
