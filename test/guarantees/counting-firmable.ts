import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export type CountingFirmable = {
  url: string;
  /** Every request in the order of arrival, with its identifier. It arrived between `sinceMs` and `atMs`. */
  requests: { sinceMs: number; atMs: number; by: string }[];
  /** The numbers charged for, in order: a number that is here twice was paid for twice. */
  charges: number[];
  /** The most requests for one identifier in progress at the same time. */
  mostAtOnce: () => number;
  /** Requests are neither answered nor charged until the returned function is called. */
  hold: () => () => void;
  /** Answers every request in this way, and charges for none, until null. */
  refuses: (refusal: { status: number; body: object } | null) => void;
  /** Sets the latency of each response from now on. */
  takesMs: (ms: number) => void;
  close: () => Promise<void>;
};

/** A Firmable that counts, over real HTTP. What a key has unlocked is free afterwards, even if no client got the response. */
export const startCountingFirmable = async (): Promise<CountingFirmable> => {
  const requests: CountingFirmable['requests'] = [];
  const charges: number[] = [];
  const unlocked = new Set<string>();
  const inProgress = new Map<string, number>();
  let mostAtOnce = 0;
  let latencyMs = 0;
  let refusal: { status: number; body: object } | null = null;
  let gate: Promise<void> = Promise.resolve();
  // On a busy machine this process stalls now and then, and sees late what has arrived.
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
    const searched = request.method === 'POST' ? await companyIdIn(request) : null;
    const concurrent = (inProgress.get(by) ?? 0) + 1;
    inProgress.set(by, concurrent);
    mostAtOnce = Math.max(mostAtOnce, concurrent);

    await gate;
    if (latencyMs > 0) await sleep(latencyMs);

    inProgress.set(by, (inProgress.get(by) ?? 1) - 1);
    if (refusal !== null) {
      response.statusCode = refusal.status;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(refusal.body));
      return;
    }
    if (searched !== null) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ success: true, records: peopleOf(searched), total: peopleEach }));
      return;
    }
    const number = numberIn(query);
    const name = `${request.headers.authorization} ${number}`;
    if (!unlocked.has(name)) charges.push(number);
    unlocked.add(name);
    const { id, domain, linkedin, abn } = identifiersOf(number);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id, fqdn: domain, linkedin, industry_codes: { abn } }));
  };

  const server = createServer((request, response) => void answer(request, response));
  // An idle connection of a busy machine must not be closed under a request.
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
    refuses: (next) => {
      refusal = next;
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

/** The identifiers of the company with this number. */
export const identifiersOf = (number: number) => ({
  id: `f${String(number).padStart(12, '0')}`,
  domain: domainOf(number),
  linkedin: `company-c${number}`,
  abn: abnOf(number),
});

const domainOf = (number: number): string => `c${number}.example`;

const peopleEach = 3;

/** The people whom a search of the company with this id finds, at no charge. */
export const peopleOf = (companyId: string): { person_id: string; position: string }[] =>
  Array.from({ length: peopleEach }, (_, at) => ({
    person_id: `${companyId.slice(-8)}-0000-4000-8000-00000000000${at}`,
    position: `position ${at}`,
  }));

const companyIdIn = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const { companyId }: { companyId: string } = JSON.parse(Buffer.concat(chunks).toString());
  return companyId;
};

/** `count` companies by their domains. */
export const domainsFrom = (number: number, count: number): { domain: string }[] =>
  Array.from({ length: count }, (_, at) => ({ domain: domainOf(number + at) }));

const abnBase = 50_000_000_000;
const abnsEach = 1_000;

const abnWeights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];

/** Each number has a block of ABNs, and each block contains some that pass the check. */
const abnOf = (number: number): string => {
  const digits = Array.from(String(abnBase + number * abnsEach), Number);
  // The first digit counts one less. The last three are those of the block.
  const block = abnWeights.reduce((sum, weight, at) => sum + weight * (digits[at] ?? 0), -10);
  for (let last = 0; last < abnsEach; last += 1) {
    const own = 15 * Math.floor(last / 100) + 17 * (Math.floor(last / 10) % 10) + 19 * (last % 10);
    if ((block + own) % 89 === 0) return String(abnBase + number * abnsEach + last);
  }
  throw new Error(`company ${number} has no ABN`);
};

const numberIn = (query: URLSearchParams): number => {
  const abn = query.get('abn');
  if (abn !== null) return Math.floor((Number(abn) - abnBase) / abnsEach);
  const text = query.get('id') ?? query.get('fqdn') ?? query.get('ln_slug') ?? '';
  return Number(/\d+/.exec(text)?.[0]);
};
