import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayError } from '../errors.js';
import type { Due, Permit } from './acquire-permits.js';

/** Waits in the line of its key until a job may send one more request; rejects once it cannot before `untilMs`. */
export type JobPermits = (key: string, requestsPerSecond: number, untilMs: number) => Promise<Permit>;

type JobPermitDeps = {
  /** Asks the database for a permit that yields to other requests, or when to ask again. */
  request: (key: string, requestsPerSecond: number) => Promise<Due>;
  /** Resolves when the permit is due. */
  whenDue: (atMs: number) => Promise<Permit>;
  tooLong: (seconds: number) => GatewayError;
};

type Waiting = { untilMs: number; grant: (permit: Permit) => void; refuse: (error: unknown) => void };

// So many permits of the limit are one answer's: as acquire_permits spreads them.
const spreadMs = 10;
const permitsMax = 5;
const retryMsMax = 1_000;

/**
 * Makes the lines of the jobs of this process, one for each key. Only the head of a line asks for a permit, and gets one
 * that is due now or next; those behind it hold nothing, so that other requests wait for one permit at most, however
 * many requests of jobs wait.
 */
export const createJobPermits = ({ request, whenDue, tooLong }: JobPermitDeps): JobPermits => {
  const lines = new Map<string, Waiting[]>();

  /** Refuses those whose time is over in `afterMs`. */
  const refuseLate = (line: Waiting[], afterMs: number): void => {
    const endMs = performance.now() + afterMs;
    for (const late of line.filter(({ untilMs }) => untilMs < endMs)) {
      line.splice(line.indexOf(late), 1);
      late.refuse(tooLong(afterMs / 1_000));
    }
  };

  const requestFor = async (key: string, requestsPerSecond: number, line: Waiting[]): Promise<void> => {
    const count = Math.max(1, Math.ceil((spreadMs / 1_000) * requestsPerSecond));
    const wanted = Math.min(line.length, count, permitsMax);
    const answers = await Promise.all(Array.from({ length: wanted }, () => request(key, requestsPerSecond)));
    let retryMs = 0;
    for (const due of answers) {
      if ('retryAfterSeconds' in due) {
        retryMs ||= due.retryAfterSeconds * 1_000;
        continue;
      }
      const permit = await whenDue(due.atMs);
      refuseLate(line, 0);
      if (!permit.isExpired()) line.shift()?.grant(permit);
    }
    if (answers.every((due) => 'retryAfterSeconds' in due)) {
      refuseLate(line, retryMs);
      await sleep(Math.ceil(Math.min(retryMs, retryMsMax)));
    }
  };

  const serve = async (key: string, requestsPerSecond: number, line: Waiting[]): Promise<void> => {
    while (line.length > 0) {
      try {
        await requestFor(key, requestsPerSecond, line);
      } catch (error) {
        for (const waiting of line.splice(0)) waiting.refuse(error);
      }
      refuseLate(line, 0);
    }
    lines.delete(key);
  };

  return (key, requestsPerSecond, untilMs) =>
    new Promise((grant, refuse) => {
      const waiting = { untilMs, grant, refuse };
      const line = lines.get(key);
      if (line !== undefined) {
        line.push(waiting);
        return;
      }
      const first = [waiting];
      lines.set(key, first);
      void serve(key, requestsPerSecond, first);
    });
};
