import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Job, JobResult, LoadOrder, LoadReport } from '../programs/job.js';
import { programPath } from './build-programs.js';

export type Load = {
  pid: number;
  /** Runs one job to its end; several may run side by side. */
  run: (job: Job) => Promise<JobResult>;
  stop: () => Promise<void>;
};

/** The load generator, in a process of its own. It ends with this one. */
export const startLoad = (): Load => {
  // Without the arguments of this process: they would have its compiler watch over that one too.
  const child = fork(programPath('load'), { execArgv: [] });
  const waiting = new Map<number, { resolve: (result: JobResult) => void; reject: (error: Error) => void }>();
  let jobs = 0;
  child.on('message', ({ id, result }: LoadReport) => {
    waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  const exited = once(child, 'exit');
  void exited.then(() => {
    for (const { reject } of waiting.values()) reject(new Error('the load generator ended'));
  });
  return {
    pid: child.pid ?? 0,
    run: (job) => {
      jobs += 1;
      const order: LoadOrder = { id: jobs, job };
      return new Promise((resolve, reject) => {
        waiting.set(order.id, { resolve, reject });
        child.send(order);
      });
    },
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
};
