import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type RunningServer = {
  pid: number;
  url: string;
  /** Asks it to stop, and waits until it has; what does not stop in time is ended. */
  stop: () => Promise<void>;
};

const patienceMs = 15_000;

/**
 * Runs a server as a process of its own, with Node's flags of `npm start` whichever it is, so that none wins by a flag,
 * and with nothing in its environment but what is given; resolves once it has told its address. Throws what it printed
 * where it ends before that.
 */
export const runServer = async (file: string, env: Record<string, string>): Promise<RunningServer> => {
  const child = spawn(process.execPath, [...startFlags(), file], {
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
      const cut = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await exited;
      clearTimeout(cut);
    },
  };
};

const startFlags = (): string[] => {
  const { scripts }: { scripts: { start: string } } = JSON.parse(
    readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8'),
  );
  return scripts.start.match(/(?<= )--\S+/g) ?? [];
};
