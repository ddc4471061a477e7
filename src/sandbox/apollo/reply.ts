import type { Reply } from '../reply.js';

/** Plain text, unlike every other response. */
export const keyRefused = (): Reply => ({
  status: 401,
  body: 'Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.',
});

/** The key's scope, or its plan, does not reach this endpoint. */
export const inaccessible = (endpoint: string): Reply => ({
  status: 403,
  body: {
    error: `This API key is not authorized to access ${endpoint}. Request an API key from your administrator that includes this endpoint in its configured scope.`,
    error_code: 'API_INACCESSIBLE',
  },
});

export const invalid = (error: string): Reply => ({ status: 422, body: { error } });

/** The same status as for wrong parameters; only the text and the code differ. */
export const creditsExhausted = (): Reply => ({
  status: 422,
  body: {
    error: 'You have insufficient credits! Upgrade your plan to increase your number of lead credits.',
    error_details: { code: 'BILLING.LIMIT.CREDITS_EXHAUSTED' },
  },
});

export const tooMany = (endpoint: string, limit: number, per: string, retryAfterSeconds: number): Reply => ({
  status: 429,
  body: {
    message: `The maximum number of api calls allowed for ${endpoint} is ${limit} times per ${per}. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade.`,
  },
  headers: { 'retry-after': String(retryAfterSeconds) },
});
