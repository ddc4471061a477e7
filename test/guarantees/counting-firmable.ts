import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { normalizeAbn } from '../../src/enrichment/identifiers/normalize-abn.js';

export type CountingFirmable = {
  url: string;
  /** Every request, in the order of arrival, and what it asked by. It came at `atMs`, or after `sinceMs` and was noticed then. */
  requests: { sinceMs: number; atMs: number; by: string }[];
  /** The numbers charged for, in their order: a number that stands here twice was paid for twice. */
  charges: number[];
  /** The most requests for one identifier that were under way at once. */
  mostAtOnce: () => number;
  /** Requests are not answered, nor charged, before the verb that this answers is called. */
  hold: () => () => void;
  /** How long each answer takes from now on. */
  takesMs: (ms: number) => void;
  close: () => Promise<void>;
};

/** A Firmable that counts, over real HTTP. What a key has unlocked is free from then on, whoever hears of it. */
export const startCountingFirmable = async (): Promise<CountingFirmable> => {
  const requests: CountingFirmable['requests'] = [];
  const charges: number[] = [];
  const unlocked = new Set<string>();
  const underWay = new Map<string, number>();
  let mostAtOnce = 0;
  let latencyMs = 0;
  let gate: Promise<void> = Promise.resolve();
  // On a busy machine this process stands still now and then, and notices late what came meanwhile.
  let aliveMs = performance.now();
  const beat = setInterval(() => {
    aliveMs = performance.now();
  }, 1);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const atMs = performance.now();
    const query = new URL(request.url ?? '/', 'http://firmable').searchParams;
    query.delete('country');
    const by = query.toString();
    requests.push({ sinceMs: aliveMs, atMs, by });
    const together = (underWay.get(by) ?? 0) + 1;
    underWay.set(by, together);
    mostAtOnce = Math.max(mostAtOnce, together);

    await gate;
    if (latencyMs > 0) await sleep(latencyMs);

    underWay.set(by, (underWay.get(by) ?? 1) - 1);
    const number = numberIn(query);
    const name = `${request.headers.authorization} ${number}`;
    if (!unlocked.has(name)) charges.push(number);
    unlocked.add(name);
    const { id, domain, linkedin, abn } = identifiersOf(number);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id, fqdn: domain, linkedin, industry_codes: { abn } }));
  };

  const server = createServer((request, response) => void answer(request, response));
  // What is counted here are charges: a connection that a busy machine lets go cold must not be cut under a request.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the counting server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    charges,
    mostAtOnce: () => mostAtOnce,
    hold: () => {
      const opening = new AbortController();
      gate = once(opening.signal, 'abort').then(() => {});
      return () => opening.abort();
    },
    takesMs: (ms) => {
      latencyMs = ms;
    },
    close: async () => {
      clearInterval(beat);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** What the companies of the counting server are known by: each number is one. */
export const identifiersOf = (number: number) => ({
  id: `f${String(number).padStart(12, '0')}`,
  domain: `c${number}.example`,
  linkedin: `company-c${number}`,
  abn: abnOf(number),
});

/** So many companies, by their domains. */
export const domainsFrom = (number: number, count: number): { domain: string }[] =>
  Array.from({ length: count }, (_, at) => ({ domain: identifiersOf(number + at).domain }));

const abnBase = 50_000_000_000;
const abnsEach = 1_000;

/** Each number has a block of ABNs to itself: in every such block some pass the check. */
const abnOf = (number: number): string => {
  for (let digits = abnBase + number * abnsEach; ; digits += 1) {
    const abn = normalizeAbn(String(digits));
    if (abn !== null) return abn;
  }
};

const numberIn = (query: URLSearchParams): number => {
  const abn = query.get('abn');
  if (abn !== null) return Math.floor((Number(abn) - abnBase) / abnsEach);
  const text = query.get('id') ?? query.get('fqdn') ?? query.get('ln_slug') ?? '';
  return Number(/\d+/.exec(text)?.[0]);
};
