import type { ServerResponse } from 'node:http';

/** Headers of every response: nothing is sniffed, framed, referred to, or loaded from an answer that is data. */
export const setSecurityHeaders = (response: ServerResponse): void => {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
};
