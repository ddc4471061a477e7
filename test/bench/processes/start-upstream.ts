import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { UpstreamOrder, UpstreamReport } from '../programs/upstream.js';
import { programPath } from './build-programs.js';

export type Upstream = {
  url: string;
  pid: number;
  /** Answers take so long from now on; returns how many requests came until now. */
  order: (latencyMs: number) => Promise<number>;
  /** The most requests of any one second since the last order. */
  busiestSecond: () => Promise<number>;
  stop: () => Promise<void>;
};

/** The fake Firmable, in a process of its own. It ends with this one. */
export const startUpstream = async (): Promise<Upstream> => {
  // Without the arguments of this process: they would have its compiler watch over that one too.
  const child = fork(programPath('upstream'), { execArgv: [] });
  const report = async (): Promise<UpstreamReport> => {
    const [message]: UpstreamReport[] = await once(child, 'message');
    if (message === undefined) throw new Error('the fake upstream said nothing');
    return message;
  };
  const send = async (order: UpstreamOrder) => {
    child.send(order);
    const counted = await report();
    return 'requests' in counted ? counted : { requests: 0, busiestSecond: 0 };
  };
  const first = await report();
  if (!('url' in first)) throw new Error('the fake upstream did not report where it listens');
  return {
    url: first.url,
    pid: child.pid ?? 0,
    order: async (latencyMs) => (await send({ latencyMs })).requests,
    busiestSecond: async () => (await send({ latencyMs: 0 })).busiestSecond,
    stop: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
};
