import { expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';

it.each<Record<string, string>>([
  { SHUTDOWN_DRAIN_SECONDS: '10' },
  { SHUTDOWN_DRAIN_SECONDS: '10', SHUTDOWN_SECONDS: '5' },
  { SHUTDOWN_DRAIN_SECONDS: '10', SHUTDOWN_SECONDS: '10' },
  { SHUTDOWN_DRAIN_SECONDS: '10', SHUTDOWN_SECONDS: '11' },
])('names both settings when the drain leaves nothing of the stop: %j', (environment) => {
  expect(() => readConfig(environment)).toThrow(
    /^SHUTDOWN_DRAIN_SECONDS .*SHUTDOWN_SECONDS to at least 12, or lower/,
  );
});

it.each([
  ['10', '12'],
  ['0', '0'],
])('takes a drain of %s s when the stop has %s s', (SHUTDOWN_DRAIN_SECONDS, SHUTDOWN_SECONDS) => {
  expect(readConfig({ SHUTDOWN_DRAIN_SECONDS, SHUTDOWN_SECONDS })).toMatchObject({
    shutdownDrainSeconds: Number(SHUTDOWN_DRAIN_SECONDS),
  });
});

it.each([
  ['0', 0],
  ['1', 0],
  ['3', 1],
  ['4', 2],
  ['60', 2],
])(
  'shortens the default drain to fit when SHUTDOWN_SECONDS is %s',
  (SHUTDOWN_SECONDS, shutdownDrainSeconds) => {
    expect(readConfig({ SHUTDOWN_SECONDS })).toMatchObject({ shutdownDrainSeconds });
  },
);
