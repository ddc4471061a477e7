import { isObject } from '../fields/read-fields.js';

/**
 * The credits left in the billing cycle out of the answer of credit_usage_stats: those of `lead_credit`, which on a
 * unified plan is the one pool that pays for everything, so that others are not added. Null where it is no whole
 * number. Source: "Credit types" of that endpoint in Apollo's OpenAPI document.
 */
export const readBalance = (body: unknown): bigint | null => {
  const stats = isObject(body) ? body['credit_usage_stats'] : null;
  const lead = isObject(stats) ? stats['lead_credit'] : null;
  const left = isObject(lead) ? lead['left_over'] : null;
  const whole = typeof left === 'number' ? Math.floor(left) : Number.NaN;
  return Number.isSafeInteger(whole) && whole >= 0 ? BigInt(whole) : null;
};
