import type { RequestFacts } from '../graphql/open-request.js';

type CallerKeys = RequestFacts['callerKeys'];

const headerOf: Record<keyof CallerKeys, string> = {
  FIRMABLE: 'x-firmable-key',
  PEOPLE_DATA_LABS: 'x-people-data-labs-key',
  APOLLO: 'x-apollo-key',
};

/** The caller's own keys that came with a request, by provider: they pay for this request and are stored nowhere. */
export const readCallerKeys = (headers: Pick<Headers, 'get'>): CallerKeys => {
  const keys: CallerKeys = {};
  for (const provider of providers) {
    const key = headers.get(headerOf[provider]);
    if (key !== null) keys[provider] = key;
  }
  return keys;
};

const providers = ['FIRMABLE', 'PEOPLE_DATA_LABS', 'APOLLO'] as const satisfies readonly (keyof CallerKeys)[];
