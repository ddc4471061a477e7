import { callerKeyHeaders, type RequestFacts } from '../graphql/open-request.js';

type CallerKeys = RequestFacts['callerKeys'];

/** The caller's own keys that came with a request, by provider: they pay for this request and are stored nowhere. */
export const readCallerKeys = (headers: Pick<Headers, 'get'>): CallerKeys => {
  const keys: CallerKeys = {};
  for (const [provider, header] of callerKeyHeaders) {
    const key = headers.get(header);
    if (key !== null) keys[provider] = key;
  }
  return keys;
};
