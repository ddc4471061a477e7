import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/start-sandbox.js';

export type Caller = {
  sandbox: Sandbox;
  /** Firmable, as all that follow but the rivals. */
  get: (path: string, key?: string) => Promise<Response>;
  /** Follows no redirect. */
  post: (path: string, body: unknown, key?: string) => Promise<Response>;
  /** Past the redirect. */
  search: (body: unknown, key?: string) => Promise<SearchAnswer>;
  /** The body of a hit. */
  company: (query: string, key?: string) => Promise<Body>;
  person: (query: string, key?: string) => Promise<Body>;
  /** People Data Labs: `GET /v5/<what>/enrich`. */
  enrich: (what: 'company' | 'person', query: Query, key?: string) => Promise<Response>;
  /** Apollo. */
  organization: (query: Query, key?: string) => Promise<Response>;
  match: (query: Query, key?: string) => Promise<Response>;
  usage: (key?: string) => Promise<Response>;
};

export type Query = Record<string, string>;
export type Body = Record<string, unknown>;
export type SearchAnswer = { success: boolean; total: number; records: Body[] };

export const fairKey = 'fbl_sandbox_team1';
export const pdlKey = 'pdl_sandbox_team1';
export const apolloKey = 'apollo_sandbox_team1';

/** A sandbox of the test's own, closed at its end, without latency and in practice without a rate limit. */
export const openSandbox = async (options: SandboxOptions = {}): Promise<Caller> => {
  const sandbox = await startSandbox({
    latencyMs: 0,
    records: 40,
    requestsPerSecond: 100_000,
    requestsPerMinute: 100_000,
    ...options,
  });
  onTestFinished(() => sandbox.close());
  const { FIRMABLE, PEOPLE_DATA_LABS, APOLLO } = sandbox.urls;

  const send = (path: string, key: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${FIRMABLE}${path}`, { ...init, headers: { authorization: `Bearer ${key}` } });
  const hit = async (path: string, key: string): Promise<Body> => {
    const response = await send(path, key);
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
    return response.json();
  };
  const apollo = (method: string, path: string, key: string): Promise<Response> =>
    fetch(`${APOLLO}${path}`, { method, headers: { 'x-api-key': key } });

  return {
    sandbox,
    get: (path, key = fairKey) => send(path, key),
    post: (path, body, key = fairKey) =>
      send(path, key, { method: 'POST', body: JSON.stringify(body), redirect: 'manual' }),
    search: async (body, key = fairKey) => {
      const response = await send('/people/search', key, { method: 'POST', body: JSON.stringify(body) });
      const answer: SearchAnswer = await response.json();
      return answer;
    },
    company: (query, key = fairKey) => hit(`/company?${query}`, key),
    person: (query, key = fairKey) => hit(`/people?${query}`, key),
    enrich: (what, query, key = pdlKey) =>
      fetch(`${PEOPLE_DATA_LABS}/v5/${what}/enrich?${new URLSearchParams(query)}`, {
        headers: { 'X-Api-Key': key },
      }),
    organization: (query, key = apolloKey) =>
      apollo('GET', `/organizations/enrich?${new URLSearchParams(query)}`, key),
    match: (query, key = apolloKey) => apollo('POST', `/people/match?${new URLSearchParams(query)}`, key),
    usage: (key = apolloKey) => apollo('POST', '/usage_stats/credit_usage_stats', key),
  };
};

/** What a body holds at a path of field names, such as `nextGen.social_media`. */
export const fieldAt = (body: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (at, name) =>
        typeof at === 'object' && at !== null
          ? Object.entries(at).find(([key]) => key === name)?.[1]
          : undefined,
      body,
    );
