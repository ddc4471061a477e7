import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Gateways, startGateways } from '../guarantees/gateways.js';
import {
  type CountingFirmable,
  domainsFrom,
  startCountingFirmable,
} from '../guarantees/counting-firmable.js';
import { type Collector, startCollector } from './start-collector.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
let store: TestDatabase;
let firmable: CountingFirmable;
let collector: Collector;
let gateways: Gateways | null;
let status: number | null;
beforeEach(async () => {
  status = 200;
  gateways = null;
  store = await createTestDatabase();
  firmable = await startCountingFirmable();
  collector = await startCollector(() => status);
});
afterEach(async () => {
  await gateways?.close();
  await collector.close();
  await firmable.close();
  await store.close();
});

const start = async (env: Record<string, string>): Promise<Gateways> => {
  gateways = await startGateways({
    count: 1,
    store: { DATABASE_URL: store.url },
    firmableUrl: firmable.url,
    env: { LOG_LEVEL: 'info', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env },
  });
  return gateways;
};
const lookUp = async (started: Gateways, count: number): Promise<void> => {
  for (const by of domainsFrom(1, count)) expect((await started.lookUp(0, by)).outcome).toBe('FOUND');
};
const stop = async (started: Gateways): Promise<void> => {
  started.processes[0]?.signal('SIGTERM');
  expect(await started.processes[0]?.exited).toBe(0);
};
const linesOf = (started: Gateways, message: string): string[] =>
  (started.processes[0]?.output() ?? '').split('\n').filter((line) => line.includes(message));

it('sends what is queued when it is stopped, and follows the settings of OpenTelemetry', async () => {
  const started = await start({
    OTEL_BSP_SCHEDULE_DELAY: '600000',
    OTEL_SERVICE_NAME: 'enrichment',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-team=data',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  });
  await lookUp(started, 2);
  expect(collector.spans).toEqual([]);
  await stop(started);
  expect(collector.spans.filter(({ name }) => name === 'lookup COMPANY')).toHaveLength(2);
  expect(collector.resources[0]).toMatchObject({ 'service.name': 'enrichment' });
  expect(collector.headers[0]).toMatchObject({ 'x-team': 'data', 'content-encoding': 'gzip' });
});

it.each([
  { OTEL_TRACES_SAMPLER: 'always_off' },
  { OTEL_SDK_DISABLED: 'true' },
  { OTEL_TRACES_EXPORTER: 'none' },
])('sends nothing when the environment has %j', async (env) => {
  const started = await start(env);
  await lookUp(started, 1);
  await stop(started);
  expect(collector.spans).toEqual([]);
});

it('looks up as ever, logs once and stops in time when the collector refuses', async () => {
  status = 400;
  const started = await start({ OTEL_BSP_SCHEDULE_DELAY: '20' });
  await lookUp(started, 5);
  await vi.waitFor(() => expect(linesOf(started, 'traces cannot be exported')).toHaveLength(1), 20_000);
  await lookUp(started, 5);
  status = 200;
  await lookUp(started, 1);
  await vi.waitFor(() => expect(linesOf(started, 'traces are exported again')).toHaveLength(1), 20_000);
  expect(linesOf(started, 'traces cannot be exported')).toHaveLength(1);
  expect(linesOf(started, 'traces cannot be exported')[0]).toContain('HTTP 400');
  await stop(started);
});

it('stops within SHUTDOWN_SECONDS when the collector never answers', async () => {
  status = null;
  const started = await start({ OTEL_BSP_SCHEDULE_DELAY: '20', SHUTDOWN_SECONDS: '3' });
  await lookUp(started, 3);
  await stop(started);
  expect(linesOf(started, 'the last traces could not be exported')).toHaveLength(1);
});
