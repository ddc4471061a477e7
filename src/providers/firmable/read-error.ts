import { isObject } from '../fields/read-fields.js';

/** The content of an error body, in any of its three shapes. */
export type ErrorBody = { text: string; code: string | null; status: number | null };

/**
 * Reads all shapes that were observed: `{"error":"text"}`, the older `{"error":{"code","message"}}`, the published
 * `{"error":400,"message":"text"}`, and the rate limit's `{"success":false,"code","error","status"}`. Anything else
 * (an HTML page, nothing) is an error without text.
 */
export const readError = (body: unknown): ErrorBody => {
  const outer = fieldsOf(body);
  const inner = fieldsOf(outer['error']);
  return {
    text: [outer['error'], inner['message'], outer['message'], inner['error']]
      .filter(isText)
      .join(' · ')
      .slice(0, 2_000),
    code: [outer['code'], inner['code']].find(isText) ?? null,
    status:
      [outer['status'], inner['status'], outer['error'], inner['code'], outer['code']]
        .map(toStatus)
        .find((status) => status !== null) ?? null,
  };
};

const isText = (value: unknown): value is string => typeof value === 'string';

const fieldsOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

const toStatus = (value: unknown): number | null => {
  const status = isText(value) && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599
    ? status
    : null;
};
