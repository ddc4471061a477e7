import { setImmediate as nextTurn } from 'node:timers/promises';

const sliceMs = 10;

/**
 * Maps the items in their order, and lets the event loop handle what waits whenever 10 ms have passed: for lists so long that
 * other requests would wait.
 */
export const mapInTurns = async <Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Result,
): Promise<Result[]> => {
  const results: Result[] = [];
  let turnMs = performance.now();
  for (const [index, item] of items.entries()) {
    results.push(map(item, index));
    if (performance.now() - turnMs < sliceMs) continue;
    await nextTurn();
    turnMs = performance.now();
  }
  return results;
};
