import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { createLog } from '../../../src/platform/log.js';
import { createFirmable, type FirmableOptions } from '../../../src/providers/firmable/create-firmable.js';
import type { Call, Provider } from '../../../src/providers/provider.js';
import { key } from './examples.js';
import { type Answer, type Seen, startUpstream } from './start-upstream.js';

export type Scene = {
  firmable: Provider;
  call: Call;
  seen: Seen[];
  logged: () => string;
  turns: () => number;
};

/** A client in front of `baseUrl`, closed with the test; counts its turns and keeps what it logs. */
export const clientOf = (baseUrl: string, options: Partial<FirmableOptions> = {}): Omit<Scene, 'seen'> => {
  let lines = '';
  let turns = 0;
  const destination = new Writable({
    write: (chunk, _, done) => {
      lines += String(chunk);
      done();
    },
  });
  const log = createLog('debug', destination);
  const firmable = createFirmable({ baseUrl, sandboxBaseUrl: null, log, totalTimeoutMs: 5_000, ...options });
  onTestFinished(async () => {
    await firmable.close();
  });
  const turn = (): Promise<void> => {
    turns += 1;
    return Promise.resolve();
  };
  return { firmable, call: { key, turn }, logged: () => lines, turns: () => turns };
};

/** An upstream that answers as told, and a client in front of it. */
export const sceneOf = async (answer: Answer, options: Partial<FirmableOptions> = {}): Promise<Scene> => {
  const upstream = await startUpstream(answer);
  onTestFinished(upstream.close);
  return { ...clientOf(upstream.url, options), seen: upstream.seen };
};
