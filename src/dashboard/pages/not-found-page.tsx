import type { JSX } from 'preact';
import { Link } from '../ui/link.js';
import { Page } from '../ui/page.js';

export const NotFoundPage = (): JSX.Element => (
  <Page title="Page not found">
    <p>
      There is no page at this address. <Link to="/">Go to the overview</Link>.
    </p>
  </Page>
);
