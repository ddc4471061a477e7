import { LRUCache } from 'lru-cache';
import type { Log } from './log.js';

type Line = (kind: string, facts: object, message: string) => void;

export type LimitedLines = { info: Line; warn: Line; error: Line };

const kindsMax = 1_000;

/**
 * Writes at most one line of each kind every `everyMs`, so that what fails a thousand times a second does not fill the
 * log. The next line of the kind has the number of those left out as `suppressed`.
 */
export const limitLines = (log: Log, everyMs: number): LimitedLines => {
  const kinds = new LRUCache<string, { nextMs: number; suppressed: number }>({ max: kindsMax });
  const line =
    (level: keyof LimitedLines): Line =>
    (kind, facts, message) => {
      const nowMs = performance.now();
      const last = kinds.get(kind);
      if (last !== undefined && nowMs < last.nextMs) {
        last.suppressed += 1;
        return;
      }
      kinds.set(kind, { nextMs: nowMs + everyMs, suppressed: 0 });
      log[level](
        last === undefined || last.suppressed === 0 ? facts : { ...facts, suppressed: last.suppressed },
        message,
      );
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
};
