import type { Answered, Answerer, AnswererOptions, Request } from '../answerer.js';
import { createFlakyDay } from '../create-flaky-day.js';
import { createSecondCounter } from '../create-second-counter.js';
import { type Account, openAccounts } from '../open-accounts.js';
import { readKeyOf, type SandboxKey } from '../read-key.js';
import type { Reply } from '../reply.js';
import type { World } from '../world/create-world.js';
import { answerCompany, answerPerson } from './answer-lookup.js';
import { answerSearch } from './answer-search.js';
import { createThrottle } from './create-throttle.js';
import { flakyDay } from './flaky-day.js';
import { publicGraphqlError, documentedError, plainError, throttledReply } from './reply.js';

/** The path that `POST /people/search` redirects to, as the live API does. */
const searchPath = '/v1/people/search';

const methods: Readonly<Record<string, string>> = {
  '/company': 'GET',
  '/people': 'GET',
  '/people/search': 'POST',
  [searchPath]: 'POST',
};

/**
 * Firmable's API: from a request to a reply, with its accounts and its rate limit. A request is processed in one step when
 * it arrives; a delayed reply does not change the charge.
 */
export const createFirmable = (
  options: AnswererOptions & { world: World; requestsPerSecond: number },
): Answerer => {
  const { world } = options;
  const accountOf = openAccounts(options.creditsPerAccount);
  const requestsInLastSecond = createSecondCounter();
  const throttle = createThrottle(options.requestsPerSecond);
  const spoil = createFlakyDay(flakyDay);

  const answer = (request: Request): Answered => {
    const method = methods[request.path];
    if (method === undefined) return { reply: documentedError(404, 'No such endpoint.'), key: null };
    if (method !== request.method) {
      return { reply: { ...documentedError(405, `Use ${method}.`), headers: { allow: method } }, key: null };
    }
    const pasted = /^Bearer (?<key>\S+)$/i.exec(request.header('authorization') ?? '')?.groups?.['key'];
    if (pasted === undefined) return { reply: documentedError(401, 'Missing bearer token.'), key: null };
    const key = readKeyOf('FIRMABLE', pasted);
    if (key === null) return { reply: plainError(401, 'Invalid API key'), key: null };
    return { reply: answerKey(request, key), key };
  };

  const answerKey = (request: Request, key: SandboxKey): Reply => {
    const account = accountOf(key);
    const nowMs = options.nowMs();
    account.requests += 1;
    account.busiestSecond = Math.max(account.busiestSecond, requestsInLastSecond(key.key, nowMs));
    const turnedAway = throttle(key.key, nowMs);
    if (key.temper === 'revoked')
      return publicGraphqlError(401, 'unauthorized', 'This API key has been revoked.');
    if (turnedAway !== null) {
      account.throttled += 1;
      return throttledReply(turnedAway);
    }
    if (key.temper === 'noplan') return plainError(403, 'API access is not included in your plan');
    const answerFairly = (): Reply => route(request, account);
    return key.temper === 'flaky' ? spoil(key.key, answerFairly) : answerFairly();
  };

  const route = (request: Request, account: Account): Reply => {
    if (request.body === null) return documentedError(413, 'The body is too large.');
    const { query } = request;
    switch (request.path) {
      case '/company':
        return answerCompany({ world, account, query });
      case '/people':
        return answerPerson({ world, account, query });
      case '/people/search':
        return { status: 307, body: null, headers: { location: searchPath } };
      default:
        return answerSearch(world, request.body);
    }
  };

  return { answer, accountOf };
};
