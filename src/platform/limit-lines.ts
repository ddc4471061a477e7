import { LRUCache } from 'lru-cache';
import type { Log } from './log.js';

type Level = 'debug' | 'info' | 'warn' | 'error';

/** Writes a line at its level; `kind` is what is counted. */
export type LimitedLog = (level: Level, kind: string, facts: object, message: string) => void;

const kindsMax = 1_000;

/**
 * Writes at most `linesMax` lines of each kind in `everyMs`, so that what fails a thousand times a second does not fill the
 * log. The next line of the kind has the number of those left out as `suppressed`.
 */
export const limitLines = (log: Log, limits: { everyMs: number; linesMax: number }): LimitedLog => {
  const kinds = new LRUCache<string, { startedMs: number; lines: number; suppressed: number }>({
    max: kindsMax,
  });
  return (level, kind, facts, message) => {
    const nowMs = performance.now();
    const last = kinds.get(kind);
    const isOver = last === undefined || nowMs >= last.startedMs + limits.everyMs;
    const current = isOver ? { startedMs: nowMs, lines: 0, suppressed: last?.suppressed ?? 0 } : last;
    if (isOver) kinds.set(kind, current);
    if (current.lines >= limits.linesMax) {
      current.suppressed += 1;
      return;
    }
    current.lines += 1;
    const { suppressed } = current;
    current.suppressed = 0;
    log[level](suppressed === 0 ? facts : { ...facts, suppressed }, message);
  };
};
