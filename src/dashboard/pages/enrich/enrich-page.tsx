import type { JSX } from 'preact';
import { Page } from '../../ui/page.js';

export const EnrichPage = (): JSX.Element => (
  <Page title="Enrich">
    <p>Not built yet.</p>
  </Page>
);
