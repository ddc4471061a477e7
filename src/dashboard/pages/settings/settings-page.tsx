import type { JSX } from 'preact';
import { Page } from '../../ui/page.js';

export const SettingsPage = (): JSX.Element => (
  <Page title="Settings">
    <p>Not built yet.</p>
  </Page>
);
