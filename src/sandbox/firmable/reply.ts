import type { Reply } from '../reply.js';

/** Today's errors: a bare text. */
export const plainError = (status: number, text: string): Reply => ({ status, body: { error: text } });

/** Older errors: a code and a message inside. */
export const publicGraphqlError = (status: number, code: string, message: string): Reply => ({
  status,
  body: { error: { code, message } },
});

/** Errors as the published document has them: the number, and a message beside it. */
export const documentedError = (status: number, message: string): Reply => ({
  status,
  body: { error: status, message },
});

/** A rate-limited call: a 429, or a 200 that reports it only in its body. */
export const throttledReply = (way: 'status' | 'body'): Reply =>
  way === 'status'
    ? {
        ...publicGraphqlError(429, 'rate_limited', 'Too many requests. Retry in 1s.'),
        headers: { 'retry-after': '1' },
      }
    : {
        status: 200,
        body: {
          success: false,
          code: 'rate_limited',
          error: 'Rate limit exceeded. Retry in 1s.',
          status: 429,
        },
      };
