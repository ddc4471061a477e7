import { isDatabaseLost } from '../platform/database-errors.js';
import { createBatcher } from '../platform/batcher.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';

/** What is polled: a job, or something of a whole workspace, whose id is that of the workspace. */
export type PolledKey = { workspaceId: string; id: string };

/**
 * Reads the present version of each key in one cheap statement, in their order: any text that differs after a change. The
 * empty text where there is nothing.
 */
export type ReadVersions = (keys: readonly PolledKey[]) => Promise<readonly string[]>;

export type Poll = {
  /**
   * Calls `changed` whenever the version of the key differs from the last one, until the returned function is called.
   * Resolves when the first version was read. Throws if it cannot be read.
   */
  watch: (key: PolledKey, changed: () => void) => Promise<() => void>;
  /** How many are watched. */
  size: () => number;
};

type Watched = { key: PolledKey; version: string | null; changed: () => void };

const keysMax = 1_000;

/**
 * Creates the shared poll of one kind of subscription: one statement every `everyMs` for all that is watched (for each 1,000
 * of it), and neither a statement nor a timer while nothing is. It needs no LISTEN, so it works through any pooler, and over
 * all instances.
 */
export const createPoll = (
  { name, readVersions, everyMs }: { name: string; readVersions: ReadVersions; everyMs: number },
  log: Log,
): Poll => {
  const watched = new Set<Watched>();
  let stop: (() => Promise<void>) | null = null;

  const first = createBatcher<PolledKey, string>({
    name,
    run: async (keys) => [...(await readVersions(keys))],
    itemsMax: keysMax,
    failsWhole: isDatabaseLost,
  });

  const run = async (): Promise<void> => {
    // Many may watch the same.
    const byKey = new Map<string, Watched[]>();
    for (const one of watched) {
      const name = `${one.key.workspaceId} ${one.key.id}`;
      const watchers = byKey.get(name);
      if (watchers === undefined) byKey.set(name, [one]);
      else watchers.push(one);
    }
    const all = [...byKey.values()];
    for (let start = 0; start < all.length; start += keysMax) {
      const some = all.slice(start, start + keysMax);
      const versions = await readVersions(some.flatMap(([first]) => first?.key ?? []));
      for (const [index, watchers] of some.entries()) {
        const version = versions[index] ?? '';
        for (const one of watchers) {
          if (one.version === version) continue;
          one.version = version;
          one.changed();
        }
      }
    }
  };

  return {
    watch: async (key, changed) => {
      const one: Watched = { key, version: await first(key), changed };
      watched.add(one);
      stop ??= runEvery(everyMs, { name, run }, log);
      return () => {
        watched.delete(one);
        if (watched.size > 0) return;
        void stop?.();
        stop = null;
      };
    },
    size: () => watched.size,
  };
};
