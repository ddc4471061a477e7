import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';

export type RunningServer = {
  pid: number;
  url: string;
  /** Asks it to stop, and waits until it has; what does not stop in time is ended. */
  stop: () => Promise<void>;
};

const maxWaitMs = 15_000;

/**
 * Runs a server as a process of its own, with nothing in its environment but what is given, and resolves once it has
 * printed its address. Throws what it printed if it exits before that.
 */
export const runServer = async (
  file: string,
  env: Record<string, string>,
  flags: readonly string[] = [],
): Promise<RunningServer> => {
  const child = spawn(process.execPath, [...flags, file], {
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: tmpdir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        // It is read on, or a full pipe would stop the server, but kept only until it has begun.
        if (output.length < 100_000) output += chunk.toString('utf8');
        const found = /http:\/\/[\w.:]+/.exec(output)?.[0];
        if (found !== undefined) resolve(found);
      });
    }
    void exited.then(() => reject(new Error(`${file} did not start:\n${output}`)));
  });
  return {
    pid: child.pid ?? 0,
    url,
    stop: async () => {
      child.kill('SIGTERM');
      // Some servers wait at this for connections that nobody will use again.
      const cut = setTimeout(() => child.kill('SIGKILL'), maxWaitMs);
      await exited;
      clearTimeout(cut);
    },
  };
};
