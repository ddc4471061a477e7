import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createGauge, type Series } from './series.js';

const nanoseconds = 1e9;

/** What the process itself uses, by the names that dashboards for Node.js expect. */
export const createProcessSeries = (): { series: Series[]; close: () => void } => {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const startedSeconds = Date.now() / 1_000 - process.uptime();
  const series = [
    createGauge(
      'nodejs_eventloop_lag_seconds',
      'How late the event loop was since the process began.',
      () => [
        [{ quantile: '0.5' }, delay.percentile(50) / nanoseconds],
        [{ quantile: '0.99' }, delay.percentile(99) / nanoseconds],
        [{ quantile: '1' }, Math.max(0, delay.max) / nanoseconds],
      ],
    ),
    createGauge('process_resident_memory_bytes', 'Memory that the process holds.', () => [
      [{}, process.memoryUsage.rss()],
    ]),
    createGauge('nodejs_heap_size_used_bytes', 'The part of it that holds objects.', () => [
      [{}, process.memoryUsage().heapUsed],
    ]),
    createGauge('process_cpu_seconds_total', 'Time spent computing.', () => {
      const { user, system } = process.cpuUsage();
      return [[{}, (user + system) / 1e6]];
    }),
    createGauge('process_start_time_seconds', 'When the process began, as a Unix time.', () => [
      [{}, startedSeconds],
    ]),
  ];
  return { series, close: () => void delay.disable() };
};
