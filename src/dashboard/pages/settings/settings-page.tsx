import type { JSX } from 'preact';
import { Page } from '../../ui/page.js';
import { GatewayPanels } from './gateway-panels.js';
import { ImportPanel } from './import-panel.js';
import { PreferencesPanel } from './preferences-panel.js';

export const SettingsPage = (): JSX.Element => (
  <Page title="Settings" description="The workspace, the gateway, what is kept, and this browser.">
    <GatewayPanels />
    <ImportPanel />
    <PreferencesPanel />
  </Page>
);
