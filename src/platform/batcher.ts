import { channel } from 'node:diagnostics_channel';

/** The channel on which every run tells how many items share it, for whoever measures. */
export const groupRun = 'firmable-gateway.group-run';

/**
 * Group commit: calls of the same turn of the event loop share a run, and those that arrive while one is under way share
 * the next.
 *
 * There is no timer: a lone call runs as soon as what is being done just now is done, and under load the groups grow by
 * themselves. Were it run at once, the first of a hundred callers that hear together would go alone, and all others wait
 * for it. Answers come back in the order of their calls. A run that fails as a whole is repeated call by call, so that one poisonous item harms
 * only itself, except where `failsWhole` says that every single run would fail alike (a lost database).
 */
export const createBatcher = <Item, Result>(options: {
  run: (items: Item[]) => Promise<Result[]>;
  itemsMax: number;
  failsWhole: (error: unknown) => boolean;
}): ((item: Item) => Promise<Result>) => {
  type Waiting = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let running = false;
  const runs = channel(groupRun);

  const runGroup = async (group: Waiting[]): Promise<void> => {
    runs.publish(group.length);
    try {
      const results = await options.run(group.map((one) => one.item));
      if (results.length !== group.length) {
        throw new Error(`a group of ${group.length} was answered by ${results.length} results`);
      }
      for (const [index, result] of results.entries()) group[index]?.resolve(result);
    } catch (error) {
      if (group.length === 1 || options.failsWhole(error)) {
        for (const one of group) one.reject(error);
        return;
      }
      for (const one of group) await runGroup([one]);
    }
  };

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting.slice(0, options.itemsMax);
      waiting = waiting.slice(options.itemsMax);
      await runGroup(group);
    }
    running = false;
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (running) return;
      running = true;
      setImmediate(() => void drain());
    });
};
