import { expect, it } from 'vitest';
import { browserZone, readView } from '../../src/dashboard/time/view.js';

const now = new Date('2026-11-23T12:00:00Z');
const read = (parameters: Record<string, string>) => readView(new URLSearchParams(parameters), now);

it.each(['Australia/Sydney', 'Etc/GMT+5', 'UTC'])('takes the time zone %s from the address', (zone) => {
  expect(read({ zone })).toMatchObject({ view: { timeZone: zone }, problems: [] });
});

it.each(['+05:30', 'IST', 'CET', 'Mars/Olympus', ''])(
  'reports the zone %j, which the gateway would refuse, and takes the browser’s',
  (zone) => {
    const { view, problems } = read({ zone });
    expect(view.timeZone).toBe(browserZone());
    expect(problems).toEqual([`"${zone}" is not a time zone. Times are shown in ${browserZone()}.`]);
  },
);

it.each([
  [{ period: '7d' }, '7d', 0],
  [{}, '30d', 0],
  [{ period: 'fortnight' }, '30d', 1],
  [{ period: '' }, '30d', 1],
  [{ period: 'custom', from: '2026-11-01', to: '2026-11-05' }, 'custom', 0],
  [{ period: 'custom', from: '2026-11-31', to: '2026-11-05' }, 'custom', 1],
  [{ period: 'custom', from: 'x', to: 'y' }, 'custom', 2],
  [{ period: 'custom' }, 'custom', 2],
  [{ period: 'custom', from: '2026-11-09', to: '2026-11-05' }, 'custom', 1],
])('reports what is invalid in %j', (parameters, name, problems) => {
  const found = read(parameters);
  expect(found.view.periodName).toBe(name);
  expect(found.problems).toHaveLength(problems);
});
