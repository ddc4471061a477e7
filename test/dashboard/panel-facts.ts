import type { Locator, Page } from 'playwright-core';

export const panel = (tab: Page, name: string): Locator => tab.getByRole('region', { name, exact: true });

/** What a panel says of one thing. */
export const fact = (tab: Page, region: string, name: string): Promise<string> =>
  panel(tab, region)
    .locator('dl > div')
    .filter({ has: tab.getByText(name, { exact: true }) })
    .locator('dd')
    .innerText();
