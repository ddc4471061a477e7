import type { Answered, Answerer, AnswererOptions, Request } from '../answerer.js';
import { createFlakyDay } from '../create-flaky-day.js';
import { createSecondCounter } from '../create-second-counter.js';
import { openAccounts } from '../open-accounts.js';
import { readKeyOf, type SandboxKey } from '../read-key.js';
import type { Reply } from '../reply.js';
import type { World } from '../world/create-world.js';
import { answerOrganization, answerPerson, type TestAccount } from './answer-enrich.js';
import { answerUsage } from './answer-usage.js';
import { createLimits, type Limits } from './create-limits.js';
import { flakyDay } from './flaky-day.js';
import { createKnownRecords } from './known-records.js';
import { readParameters } from './read-parameters.js';
import { invalid, ipBlocked, keyRefused, planMissing, scopeMissing, tooMany } from './reply.js';

const methods: Readonly<Record<string, string>> = {
  '/api/v1/organizations/enrich': 'GET',
  '/api/v1/people/match': 'POST',
  '/api/v1/usage_stats/credit_usage_stats': 'POST',
  '/api/v1/auth/health': 'GET',
};

const healthPath = '/api/v1/auth/health';
const usagePath = '/api/v1/usage_stats/credit_usage_stats';

/** Apollo's API: a miss is a 200, a denied key is explained by `error_details.code`, and limits apply to each endpoint of a key. */
export const createApollo = (options: AnswererOptions & Limits & { world: World }): Answerer => {
  const records = createKnownRecords(options.world);
  const accountOf = openAccounts(options.creditsPerAccount);
  const mobilesOf = new Map<string, { creditsUsed: number }>();
  const requestsInLastSecond = createSecondCounter();
  const limits = createLimits(options);
  const spoil = createFlakyDay(flakyDay);

  const answer = (request: Request): Answered => {
    if (methods[request.path] !== request.method) {
      return { reply: { status: 404, body: { error: 'Not Found' } }, key: null };
    }
    const key = readKeyOf('APOLLO', request.header('x-api-key'));
    if (key !== null) count(key);
    const isTaken = key !== null && key.temper !== 'revoked';
    // Any key may call it; it reports whether the key is accepted.
    if (request.path === healthPath) {
      return { reply: { status: 200, body: { healthy: true, is_logged_in: isTaken } }, key };
    }
    return { reply: isTaken ? answerKey(request, key) : keyRefused(), key };
  };

  const count = (key: SandboxKey): void => {
    const account = accountOf(key);
    account.requests += 1;
    const lately = requestsInLastSecond(key.key, options.nowMs());
    account.busiestSecond = Math.max(account.busiestSecond, lately);
  };

  const answerKey = (request: Request, key: SandboxKey): Reply => {
    const endpoint = request.path.slice(1);
    if (key.temper === 'ipblocked') return ipBlocked();
    if (key.temper === 'noplan') return planMissing(endpoint);
    const isOutOfScope = key.temper === 'scoped' && request.path === usagePath;
    if (key.temper === 'noscope' || isOutOfScope) return scopeMissing(endpoint);
    const { full, headers } = limits(`${key.key} ${endpoint}`, options.nowMs());
    if (full !== null || key.temper === 'throttled') {
      accountOf(key).throttled += 1;
      const { limit, per, retryAfterSeconds } = full ?? spentHour;
      const reply = tooMany(endpoint, limit, per, retryAfterSeconds);
      return { ...reply, headers: { ...headers, ...reply.headers } };
    }
    const answerFairly = (): Reply => route(request, key);
    // The gateway reads usage on its own, at any time: that must not change the order of a flaky key's replies.
    const isFlaky = key.temper === 'flaky' && request.path !== usagePath;
    const reply = isFlaky ? spoil(key.key, answerFairly) : answerFairly();
    return { ...reply, headers: { ...headers, ...reply.headers } };
  };

  const route = (request: Request, key: SandboxKey): Reply => {
    const sent = readParameters(request);
    if (sent === null) return invalid('The body is not a JSON object');
    const account = testAccountOf(key);
    if (request.path === usagePath) return answerUsage(account, options.nowMs());
    const lookup = { ...account, records, sent };
    return request.path.endsWith('/match') ? answerPerson(lookup) : answerOrganization(lookup);
  };

  const testAccountOf = (key: SandboxKey): TestAccount => {
    const mobiles = mobilesOf.get(key.account) ?? { creditsUsed: 0 };
    mobilesOf.set(key.account, mobiles);
    return { account: accountOf(key), mobiles };
  };

  return { answer, accountOf };
};

const spentHour = { limit: 600, per: 'hour', retryAfterSeconds: 1_800 };
