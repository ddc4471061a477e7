import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gatewayPath } from '../processes/build-programs.js';
import { gatewayEnv, operate } from '../processes/start-gateway.js';
import type { Way } from './ways.js';

const dayMs = 86_400_000;

/**
 * Compares what was asked of the gateway with what it says it charged, and has `firmable-gateway verify` add up the entries.
 * Answers one line that says so; throws where they disagree: nothing that was measured is worth anything then.
 */
export const checkBooks = async (gateway: Way, bought: number, upstreamUrl: string): Promise<string> => {
  const { token } = gateway.endpoint;
  if (token === null || gateway.dataDir === null) throw new Error(`${gateway.name} keeps no books`);
  const [from, to] = [-1, 1].map((days) => new Date(Date.now() + days * dayMs).toISOString());
  const { usage } = await operate<{ usage: { totals: { creditsCharged: number } } }>(
    gateway.url,
    token,
    `{ usage(from: "${from}", to: "${to}") { totals { creditsCharged } } }`,
  );
  const charged = usage.totals.creditsCharged;
  if (charged !== bought)
    throw new Error(`${bought} new records were answered, but ${charged} credits charged`);
  const env = gatewayEnv({ file: '', upstreamUrl, token, dataDir: gateway.dataDir });
  const { stdout } = await promisify(execFile)(process.execPath, [gatewayPath('cli/verify')], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return `${bought} new records were answered, ${charged} credits charged. ${stdout.trim()}`;
};
