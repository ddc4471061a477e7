import type { Answered, Answerer, AnswererOptions, Request } from '../answerer.js';
import { createFlakyDay } from '../create-flaky-day.js';
import { createSecondCounter } from '../create-second-counter.js';
import { createWindows, type Window } from '../create-windows.js';
import { openAccounts } from '../open-accounts.js';
import { readKeyOf, type SandboxKey } from '../read-key.js';
import type { Reply } from '../reply.js';
import type { World } from '../world/create-world.js';
import { answerCompany, answerPerson, type Lookup } from './answer-enrich.js';
import { flakyDay } from './flaky-day.js';
import { createKnownRecords } from './known-records.js';
import { failure, invalid, keyRefused, tooQuick } from './reply.js';

const endpoints: Readonly<Record<string, { answer: (lookup: Lookup) => Reply; creditsType: string }>> = {
  '/v5/company/enrich': { answer: answerCompany, creditsType: 'enrich_company' },
  '/v5/person/enrich': { answer: answerPerson, creditsType: 'enrich' },
};

const windowMs = 60_000;

/**
 * People Data Labs' API. The headers of every response to a valid key report the charge, the balance and the key's window
 * of 60 s; responses of a proxy in front of it do not.
 */
export const createPeopleDataLabs = (
  options: AnswererOptions & { world: World; requestsPerMinute: number },
): Answerer => {
  const records = createKnownRecords(options.world);
  const accountOf = openAccounts(options.creditsPerAccount);
  const requestsInLastSecond = createSecondCounter();
  const windows = createWindows(windowMs, options.requestsPerMinute);
  const spoil = createFlakyDay(flakyDay);
  // Companies and people have an allowance each, and a header has the one of its query.
  const usedByType = new Map<string, number>();

  const answer = (request: Request): Answered => {
    // Not in the shape of a miss, so that an unknown path is not read as one.
    const endpoint = endpoints[request.path];
    if (endpoint === undefined) return { reply: { status: 404, body: { message: 'Not Found' } }, key: null };
    const key = readKeyOf('PEOPLE_DATA_LABS', request.header('x-api-key'));
    if (key === null || key.temper === 'revoked') {
      if (key !== null) accountOf(key).requests += 1;
      return { reply: keyRefused(), key };
    }
    const account = accountOf(key);
    const nowMs = options.nowMs();
    account.requests += 1;
    account.busiestSecond = Math.max(account.busiestSecond, requestsInLastSecond(key.key, nowMs));
    const { reply, window } = answerInWindow(request, key, nowMs, () =>
      endpoint.answer({ records, account, query: request.query }),
    );
    if (reply.status === 429) account.throttled += 1;
    const type = `${key.account} ${endpoint.creditsType}`;
    const usedOfType = (usedByType.get(type) ?? 0) + (reply.retrieved?.credits ?? 0);
    usedByType.set(type, usedOfType);
    const leftOfType = account.creditsLeft + account.creditsUsed - usedOfType;
    const figures = figuresOf(reply, leftOfType, window, endpoint.creditsType);
    return { reply: { ...reply, headers: { ...figures, ...reply.headers } }, key };
  };

  const answerInWindow = (
    request: Request,
    key: SandboxKey,
    nowMs: number,
    answerFairly: () => Reply,
  ): { reply: Reply; window: Window } => {
    const before = windows.look(key.key, nowMs);
    if (key.temper === 'throttled') {
      const full = { ...before, remaining: 0, resetsAtMs: nowMs + windowMs };
      return { reply: tooQuick(), window: full };
    }
    if (before.remaining === 0) return { reply: tooQuick(), window: before };
    const window = windows.take(key.key, nowMs);
    if (request.method !== 'GET') {
      return { reply: { ...invalidMethod(), headers: { allow: 'GET' } }, window };
    }
    if (request.body === null) return { reply: invalid('The body is too large'), window };
    // The gateway reads the balance by an empty query, at any time: that must not change the order of a flaky key's replies.
    const isFlaky = key.temper === 'flaky' && request.query.size > 0;
    return { reply: isFlaky ? spoil(key.key, answerFairly) : answerFairly(), window };
  };

  return { answer, accountOf };
};

const invalidMethod = (): Reply =>
  failure(405, 'invalid_request_error', 'Request method is not allowed on the requested resource');

/** The headers beside an answer. The window's ones hold JSON for each length, and a time of the calendar in UTC. */
const figuresOf = (
  reply: Reply,
  creditsLeft: number,
  window: Window,
  creditsType: string,
): Record<string, string> =>
  reply.status === 502
    ? {}
    : {
        'x-call-credits-spent': String(reply.retrieved?.credits ?? 0),
        'x-call-credits-type': creditsType,
        'x-totallimit-remaining': String(creditsLeft),
        'x-ratelimit-limit': JSON.stringify({ minute: window.limit }),
        'x-ratelimit-remaining': JSON.stringify({ minute: window.remaining }),
        'x-ratelimit-reset': calendarTime(window.resetsAtMs),
      };

// Rounded up, so that a request after that wait is accepted.
const calendarTime = (timeMs: number): string =>
  new Date(Math.ceil(timeMs / 1_000) * 1_000).toISOString().slice(0, 19).replace('T', ' ');
