import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { createLog } from '../../src/platform/log.js';
import type { UpstreamOptions } from '../../src/providers/http/create-client.js';
import type { Call, ProviderClient, Permit } from '../../src/providers/provider.js';
import { anyTime } from '../support/any-time.js';
import { type Answer, type Seen, startUpstream } from './firmable/start-upstream.js';

export type Make = (options: UpstreamOptions) => ProviderClient;

export type Scenario = {
  provider: ProviderClient;
  call: Call;
  seen: Seen[];
  logged: () => string;
  permits: () => number;
};

/** A client in front of `baseUrl`, closed with the test; counts its permits and records its log. */
export const clientOf = (
  { make, key }: { make: Make; key: string },
  baseUrl: string,
  options: Partial<UpstreamOptions> = {},
): Omit<Scenario, 'seen'> => {
  let lines = '';
  let permits = 0;
  const destination = new Writable({
    write: (chunk, _, done) => {
      lines += String(chunk);
      done();
    },
  });
  const log = createLog('debug', destination);
  const provider = make({
    name: 'TESTED',
    baseUrl,
    sandboxBaseUrl: null,
    log,
    totalTimeoutMs: 5_000,
    ...options,
  });
  onTestFinished(async () => {
    await provider.close();
  });
  const turn = (): Promise<Permit> => {
    permits += 1;
    return Promise.resolve(anyTime);
  };
  return { provider, call: { key, acquirePermit: turn }, logged: () => lines, permits: () => permits };
};

/** An upstream with the given behavior, and a client in front of it. */
export const scenarioOf = async (
  clientCase: { make: Make; key: string },
  answer: Answer,
  options: Partial<UpstreamOptions> = {},
): Promise<Scenario> => {
  const upstream = await startUpstream(answer);
  onTestFinished(upstream.close);
  return { ...clientOf(clientCase, upstream.url, options), seen: upstream.seen };
};
