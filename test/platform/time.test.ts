import { expect, it } from 'vitest';
import { parseInstant } from '../../src/platform/time.js';

it.each([
  ['2026-08-01', '2026-08-01T00:00:00.000Z'],
  ['2024-02-29T10:00:00Z', '2024-02-29T10:00:00.000Z'],
  ['2026-02-28T23:00:00-05:00', '2026-03-01T04:00:00.000Z'],
  ['2026-03-01T01:00+10:00', '2026-02-28T15:00:00.000Z'],
])('%s is an instant', (text, instant) => {
  expect(parseInstant(text)?.toISOString()).toBe(instant);
});

it.each(['2026-02-30', '2026-02-29T10:00:00Z', '2026-11-31', '2026-04-31T00:00+10:00', '2026-13-01', ''])(
  'what no calendar has is no instant, rather than another one: %s',
  (text) => {
    expect(parseInstant(text)).toBeNull();
  },
);
