import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { normaliseAbn } from '../../src/enrichment/identifiers/normalise-abn.js';

/** A company of the counting server: every number is one, by four identifiers. */
export const identifiersOf = (number: number) => ({
  id: `f${String(number).padStart(12, '0')}`,
  domain: `c${number}.example`,
  linkedin: `company-c${number}`,
  abn: abnOf(number),
});

/** Each number its own block of a thousand: in every such block some number passes the check. */
const abnOf = (number: number): string => {
  for (let digits = 50_000_000_000 + number * 1_000; ; digits += 1) {
    const abn = normaliseAbn(String(digits));
    if (abn !== null) return abn;
  }
};

const numberIn = (query: URLSearchParams): number => {
  const abn = query.get('abn');
  if (abn !== null) return Math.floor((Number(abn) - 50_000_000_000) / 1_000);
  const text = query.get('id') ?? query.get('fqdn') ?? query.get('ln_slug') ?? '';
  return Number(/\d+/.exec(text)?.[0]);
};

export type CountingFirmable = {
  url: string;
  /** When each request arrived, and what it asked by. */
  requests: { atMs: number; by: string }[];
  /** The most requests for one identifier that were under way at once. */
  mostAtOnce: () => number;
  /** The numbers that have been charged for, once each. */
  charged: Set<number>;
  /** Requests wait before they are answered, and are charged when they are let go; answers the verb that lets them. */
  hold: () => () => void;
  takesMs: (ms: number) => void;
  close: () => Promise<void>;
};

/** An account at Firmable, over real HTTP, that counts. */
export const startCountingFirmable = async (): Promise<CountingFirmable> => {
  const requests: CountingFirmable['requests'] = [];
  const underWay = new Map<string, number>();
  const charged = new Set<number>();
  let most = 0;
  let latencyMs = 0;
  let gate: Promise<void> = Promise.resolve();

  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    const query = new URL(path, 'http://firmable').searchParams;
    query.delete('country');
    const by = query.toString();
    requests.push({ atMs: performance.now(), by });
    const now = (underWay.get(by) ?? 0) + 1;
    underWay.set(by, now);
    most = Math.max(most, now);
    await gate;
    if (latencyMs > 0) await sleep(latencyMs);
    underWay.set(by, (underWay.get(by) ?? 1) - 1);
    const number = numberIn(query);
    charged.add(number);
    const { id, domain, linkedin, abn } = identifiersOf(number);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id, fqdn: domain, linkedin, industry_codes: { abn } }));
  };

  const server = createServer((request, response) => {
    void answer(request.url ?? '/', response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the counting server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    mostAtOnce: () => most,
    charged,
    hold: () => {
      let letGo = (): void => {};
      gate = new Promise((resolve) => {
        letGo = resolve;
      });
      return letGo;
    },
    takesMs: (ms) => {
      latencyMs = ms;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
