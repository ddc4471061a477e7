import type { JSX } from 'preact';
import { Page } from '../../ui/page.js';

export const WaterfallsPage = (): JSX.Element => (
  <Page title="Waterfalls">
    <p>Not built yet.</p>
  </Page>
);
