import { runGatewayCommand } from '../processes/build-programs.js';
import { gatewayEnv, operate } from '../processes/start-gateway.js';
import type { Way } from './ways.js';

/** A workspace of a gateway, and the environment of that gateway. */
type Books = { url: string; token: string; env: Record<string, string> };

/** Those of a gateway with a database of its own. Throws where a way keeps none. */
export const booksOf = ({ name, url, endpoint: { token }, dataDir }: Way, upstreamUrl: string): Books => {
  if (token === null || dataDir === null) throw new Error(`${name} keeps no books`);
  return { url, token, env: gatewayEnv({ file: '', upstreamUrl, token, dataDir }) };
};

const dayMs = 86_400_000;

/**
 * Compares what was asked of the gateway with what it says it charged, and has `firmable-gateway verify` add up the entries.
 * Answers one line that says so; throws where they disagree: nothing that was measured is worth anything then.
 */
export const checkBooks = async ({ url, token, env }: Books, bought: number): Promise<string> => {
  const [from, to] = [-1, 1].map((days) => new Date(Date.now() + days * dayMs).toISOString());
  const { usage } = await operate<{ usage: { totals: { creditsCharged: number } } }>(
    url,
    token,
    `{ usage(from: "${from}", to: "${to}") { totals { creditsCharged } } }`,
  );
  const charged = usage.totals.creditsCharged;
  if (charged !== bought)
    throw new Error(`${bought} new records were answered, but ${charged} credits charged`);
  return `${bought} new records were answered, ${charged} credits charged. ${await runGatewayCommand(env, 'verify')}`;
};
