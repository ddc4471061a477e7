import type { Page } from 'playwright-core';
import { violations } from './open-dashboard.js';

/**
 * What axe-core finds on the page, and whether it is wider than the screen, in light and dark colours at 390, 820 and 1440
 * pixels. Empty if nothing is wrong. Leaves the page light and wide.
 */
export const faultsInEveryLook = async (tab: Page): Promise<string[]> => {
  const faults: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await tab.emulateMedia({ colorScheme });
    for (const width of [390, 820, 1440]) {
      await tab.setViewportSize({ width, height: 900 });
      const look = `${colorScheme} ${width}`;
      faults.push(...(await violations(tab)).map((violation) => `${look}: ${violation}`));
      const excess = await tab.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (excess > 0) faults.push(`${look}: the page is ${excess} px wider than the screen`);
    }
  }
  return faults;
};
