import { subscribe } from 'node:diagnostics_channel';
import { batchRun, type BatchRun } from '../../../src/platform/batcher.js';

/** Counts the batches of this process; returns the function that writes them as the gateway's /metrics has them. */
export const countBatches = (): (() => string) => {
  const counts = new Map<string, { items: number; batches: number }>();
  subscribe(batchRun, (message) => {
    if (!isRun(message)) return;
    const counted = counts.get(message.name) ?? { items: 0, batches: 0 };
    counts.set(message.name, { items: counted.items + message.items, batches: counted.batches + 1 });
  });
  return () =>
    [...counts]
      .flatMap(([name, { items, batches }]) => [
        `firmable_gateway_batch_items_sum{batch="${name}"} ${items}\n`,
        `firmable_gateway_batch_items_count{batch="${name}"} ${batches}\n`,
      ])
      .join('');
};

const isRun = (message: unknown): message is BatchRun =>
  typeof message === 'object' && message !== null && 'items' in message && 'name' in message;
