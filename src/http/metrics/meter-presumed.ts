import { sumPresumedByProvider } from '../../ledger/list-presumed-charges.js';
import type { Database } from '../../platform/database.js';
import { providerNames } from '../../providers/catalogue.js';
import { type Meters, oncePerScrape } from './meter.js';

/**
 * Shows the presumed charges of the database, over all workspaces, by provider. They are read once a scrape; where the
 * database cannot be read the metrics have no values.
 */
export const meterPresumedCharges = ({ gauge }: Meters, { db }: Pick<Database, 'db'>): void => {
  const read = oncePerScrape(() => sumPresumedByProvider(db, null));
  gauge(
    'presumed_charges',
    'Presumed charges that are not resolved, by provider.',
    ['provider'],
    async (charges) => {
      const sums = await read();
      if (sums === null) return;
      for (const provider of providerNames) charges.set({ provider }, 0);
      for (const { provider, count } of sums) charges.set({ provider }, count);
    },
  );
  gauge('presumed_credits', 'Their credits, by provider.', ['provider'], async (credits) => {
    const sums = await read();
    if (sums === null) return;
    for (const provider of providerNames) credits.set({ provider }, 0);
    for (const sum of sums) credits.set({ provider: sum.provider }, Number(sum.credits));
  });
  gauge(
    'presumed_charge_oldest_age_seconds',
    'Age of the oldest presumed charge, by provider.',
    ['provider'],
    async (age) => {
      for (const { provider, oldestAt } of (await read()) ?? []) {
        if (oldestAt !== null) age.set({ provider }, Math.max(0, (Date.now() - oldestAt.getTime()) / 1_000));
      }
    },
  );
};
