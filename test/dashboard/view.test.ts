import { expect, it } from 'vitest';
import { browserZone, readView } from '../../src/dashboard/view.js';

const zoneOf = (zone: string): string =>
  readView(`?${new URLSearchParams({ zone }).toString()}`, new Date('2026-11-23T12:00:00Z')).timeZone;

it.each(['Australia/Sydney', 'Etc/GMT+5', 'UTC'])('the time zone %s is taken from the address', (zone) => {
  expect(zoneOf(zone)).toBe(zone);
});

it.each(['+05:30', 'IST', 'CET', 'Mars/Olympus', ''])(
  'the browser’s is taken for %j, which the gateway would refuse',
  (zone) => {
    expect(zoneOf(zone)).toBe(browserZone());
  },
);
