import { expect, it } from 'vitest';
import { createCounter, createGauge, createHistogram } from '../../../src/http/metrics/series.js';

it('a counter adds up by its labels', () => {
  const asks = createCounter('asks_total', 'Asks.');
  asks.add({ outcome: 'FOUND' });
  asks.add({ outcome: 'REFUSED' }, 3);
  asks.add({ outcome: 'FOUND' }, 2);
  expect(asks.text()).toBe(
    '# HELP asks_total Asks.\n# TYPE asks_total counter\nasks_total{outcome="FOUND"} 3\nasks_total{outcome="REFUSED"} 3',
  );
});

it('a gauge is read when it is asked for', () => {
  let open = 1;
  const breakers = createGauge('open', 'Open.', () => [[{}, open]]);
  expect(breakers.text()).toMatch(/\nopen 1$/);
  open = 2;
  expect(breakers.text()).toMatch(/\nopen 2$/);
});

it('a histogram counts each value in every bucket that it fits into', () => {
  const seconds = createHistogram('call_seconds', 'Calls.', [0.1, 1]);
  for (const value of [0.1, 0.5, 0.6, 30]) seconds.observe({ provider: 'APOLLO' }, value);
  expect(seconds.text().split('\n').slice(2)).toEqual([
    'call_seconds_bucket{provider="APOLLO",le="0.1"} 1',
    'call_seconds_bucket{provider="APOLLO",le="1"} 3',
    'call_seconds_bucket{provider="APOLLO",le="+Inf"} 4',
    'call_seconds_sum{provider="APOLLO"} 31.2',
    'call_seconds_count{provider="APOLLO"} 4',
  ]);
});

it('a label cannot break out of its quotes', () => {
  const counter = createCounter('a_total', 'A.');
  counter.add({ name: 'a"b\\c\nd' });
  expect(counter.text()).toContain(String.raw`a_total{name="a\"b\\c\nd"} 1`);
});
