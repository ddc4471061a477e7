import { isObject } from '../fields/read-fields.js';
import { cleanKey, isMarkedKey } from '../clean-key.js';
import { createClient, type UpstreamOptions } from '../http/create-client.js';
import type { WireRequest } from '../http/exchange.js';
import { unreadable } from '../http/http-result.js';
import type { Accepted, Call, NoRecord, ProviderClient } from '../provider.js';
import { chargeOf, personPrice } from './charge-of.js';
import { upstreams } from '../upstreams.js';
import { classifyAnswer } from './classify-answer.js';
import { readCompany } from './read-company.js';
import { readPerson } from './read-person.js';
import { companyRequest, emptyCompany, emptyPerson, personRequest, usageRequest } from './to-request.js';

/**
 * Apollo: a company costs 1 credit, a person 0 to 9 by the fields returned, each time it is fetched; a miss is free.
 * Source: its OpenAPI document and its pages on rate limits.
 */
export const createApollo = (options: UpstreamOptions): ProviderClient => {
  const client = createClient(
    {
      baseUrl: upstreams.APOLLO.baseUrl,
      isSandboxKey,
      keyHeaders: (key) => ({ 'x-api-key': key }),
      classify: classifyAnswer,
      readReport: () => null,
    },
    options,
  );

  const sendEmptyRequest = async (call: Call, request: WireRequest): Promise<Accepted | NoRecord> => {
    const result = await client.send(call, request);
    // Apollo reports an incomplete query, or a miss, only after it has accepted the key.
    const isOpen = result.kind === 'REFUSED' && result.code === 'INVALID_IDENTIFIER';
    return result.kind === 'BODY' || result.kind === 'NOT_FOUND' || isOpen ? { kind: 'ACCEPTED' } : result;
  };

  return {
    title: 'Apollo',
    company: {
      identifiers: ['domain', 'linkedin'],
      price: { kind: 'FIXED', minCredits: 1n, maxCredits: 1n },
    },
    person: { identifiers: ['id', 'linkedin', 'workEmail', 'personalEmail'], price: personPrice },
    separatesEmailKinds: false,
    refetchIsFree: false,
    requestsPerSecond: options.requestsPerSecond ?? upstreams.APOLLO.requestsPerSecond,
    keyHelp,
    sandboxKey,
    parseKey,
    isSandboxKey,
    isCompanyId: (id) => /^[0-9a-f]{24}$/.test(id),
    isPersonId: (id) => /^[0-9a-f]{24}$/.test(id),
    findCompany: async (call, lookup) => {
      const request = companyRequest(lookup);
      if (request === null) return { kind: 'REFUSED', code: 'INVALID_IDENTIFIER' };
      return await client.find('COMPANY', call, request, readCompany);
    },
    findPerson: async (call, lookup) => {
      const found = await client.find('PERSON', call, personRequest(lookup), readPerson);
      if (found.kind !== 'FOUND') return found;
      return { ...found, reported: { credits: chargeOf(found.record, found.raw()), balance: null } };
    },
    searchPeople: null,
    readCompany,
    readPerson,
    verify: async (call) => {
      const result = await sendEmptyRequest(call, emptyCompany);
      // The scope of a key may include only one of the two endpoints.
      const isOutOfScope = result.kind === 'REFUSED' && deniesEndpoint.has(result.code);
      return isOutOfScope ? await sendEmptyRequest(call, emptyPerson) : result;
    },
    readBalance: async (call) => {
      const result = await client.send(call, usageRequest);
      if (result.kind !== 'BODY') return result;
      const credits = readBalance(result.body);
      return credits === null ? unreadable('usage without a balance') : { kind: 'BALANCE', credits };
    },
    hostOf: client.hostOf,
    close: client.close,
  };
};

// About 22 characters; keys of other providers are longer or have a prefix.
const keyShape = /^[A-Za-z0-9_-]{16,48}$/;
const sandboxShape = /^apollo_sandbox_[A-Za-z0-9_-]{1,100}$/;

const deniesEndpoint: ReadonlySet<string> = new Set(['KEY_SCOPE_MISSING', 'PLAN_WITHOUT_API']);

/** How to get a key. Source: Apollo's page on creating API keys. */
const keyHelp =
  'In Apollo: Settings → Integrations → Apollo API → API keys → Create new key, with the endpoints ' +
  'organizations/enrich and people/match, or as a master key, which can also read the balance.';

/** A public key of the built-in sandbox. */
const sandboxKey = 'apollo_sandbox_demo';

/** The key in a pasted text; null where it cannot be one of Apollo. */
const parseKey = (pasted: string): string | null => {
  const key = cleanKey(pasted);
  if (sandboxShape.test(key)) return key;
  return keyShape.test(key) && !isMarkedKey(key) ? key : null;
};

/** Keys with this prefix belong to the built-in sandbox and never leave the machine. */
const isSandboxKey = (key: string): boolean => key.startsWith('apollo_sandbox_');

/**
 * The credits left in the billing cycle, from credit_usage_stats: those of `lead_credit`, which is the one pool of a
 * unified plan, so that others are not added. Null where it is not a number. Source: "Credit types" of that endpoint in Apollo's OpenAPI document.
 */
export const readBalance = (body: unknown): bigint | null => {
  const stats = isObject(body) ? body['credit_usage_stats'] : null;
  const lead = isObject(stats) ? stats['lead_credit'] : null;
  const left = isObject(lead) ? lead['left_over'] : null;
  const whole = typeof left === 'number' ? Math.floor(left) : Number.NaN;
  return Number.isSafeInteger(whole) && whole >= 0 ? BigInt(whole) : null;
};
