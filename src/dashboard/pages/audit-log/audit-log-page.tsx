import type { JSX } from 'preact';
import { Page } from '../../ui/page.js';

export const AuditLogPage = (): JSX.Element => (
  <Page title="Audit log">
    <p>Not built yet.</p>
  </Page>
);
