import { channel } from 'node:diagnostics_channel';
import { inSpan, runningSpan, type SpanOptions, type SpanReference } from './tracing/tracing.js';

/** The diagnostics channel on which each batch publishes a `BatchRun` when it has ended. */
export const batchRun = 'firmable-gateway.batch-run';

/** `name` says what its items are. */
export type BatchRun = { name: string; items: number; durationMs: number };

/**
 * Makes a function that batches its calls (group commit): calls of one iteration of the event loop share a batch, and
 * those that arrive during a batch share the next one.
 *
 * There is no timer: a single call runs at the end of the iteration, and under load the batches grow. Without that
 * delay the first of a hundred concurrent callers would run alone while all others wait for it. A batch that fails is
 * repeated item by item, so that one bad item fails alone, except when `failsWhole` says that every item would fail
 * (a lost database).
 */
export const createBatcher = <Item, Result>(options: {
  /** What the items are, for metrics and traces. */
  name: string;
  run: (items: Item[]) => Promise<Result[]>;
  itemsMax: number;
  failsWhole: (error: unknown) => boolean;
}): ((item: Item) => Promise<Result>) => {
  type Waiting = {
    item: Item;
    span: SpanReference | null;
    resolve: (result: Result) => void;
    reject: (error: unknown) => void;
  };
  let waiting: Waiting[] = [];
  let running = false;
  const runs = channel(batchRun);

  const runBatch = async (batch: Waiting[]): Promise<void> => {
    const startedMs = performance.now();
    try {
      const items = batch.map((one) => one.item);
      const results = await inSpan(spanOf(options.name, batch), () => options.run(items)).finally(() => {
        const run: BatchRun = {
          name: options.name,
          items: batch.length,
          durationMs: performance.now() - startedMs,
        };
        runs.publish(run);
      });
      if (results.length !== batch.length) {
        throw new Error(`a batch of ${batch.length} returned ${results.length} results`);
      }
      for (const [index, result] of results.entries()) batch[index]?.resolve(result);
    } catch (error) {
      if (batch.length === 1 || options.failsWhole(error)) {
        for (const one of batch) one.reject(error);
        return;
      }
      for (const one of batch) await runBatch([one]);
    }
  };

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, options.itemsMax);
      waiting = waiting.slice(options.itemsMax);
      await runBatch(batch);
    }
    running = false;
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, span: runningSpan(), resolve, reject });
      if (running) return;
      running = true;
      setImmediate(() => void drain());
    });
};

/** A batch works for several requests at once, so it is linked to their spans and belongs to none of them. */
const spanOf = (name: string, batch: readonly { span: SpanReference | null }[]): SpanOptions => ({
  name: `${name} batch`,
  kind: 'CLIENT',
  facts: { 'db.system.name': 'postgresql', 'firmable_gateway.batch.items': batch.length },
  links: [...new Set(batch.flatMap(({ span }) => span ?? []))],
});
