import type { Reply } from '../reply.js';

const denied = (status: 401 | 403, error: string, code: string): Reply => ({
  status,
  body: { error, ...(status === 403 ? { error_code: 'API_INACCESSIBLE' } : {}), error_details: { code } },
});

export const keyRefused = (): Reply =>
  denied(
    401,
    'Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.',
    'AUTH.API_KEY.INVALID',
  );

export const scopeMissing = (endpoint: string): Reply =>
  denied(
    403,
    `This API key is not authorized to access ${endpoint}. Request an API key from your administrator that includes this endpoint in its configured scope.`,
    'AUTH.API_KEY.SCOPE_MISSING',
  );

export const planMissing = (endpoint: string): Reply =>
  denied(
    403,
    `${endpoint} is not included in your plan. Upgrade your plan to use it.`,
    'BILLING.PLAN.API_NOT_INCLUDED',
  );

export const ipBlocked = (): Reply =>
  denied(403, 'The IP address of this request is not on the allowlist of your team.', 'AUTH.IP.NOT_ALLOWED');

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
