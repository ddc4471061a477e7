import type { Spoil } from '../create-flaky-day.js';
import { failure, tooQuick } from './reply.js';

/** As it should be; a 500; charged, and cut off in the middle of the body; a gateway's 502 in HTML; throttled. */
export const flakyDay: readonly Spoil[] = [
  (answer) => answer(),
  () => failure(500, 'api_error', 'The server encountered an unexpected condition'),
  // The record is paid for and never arrives whole; the headers do.
  (answer) => ({ ...answer(), cut: true }),
  () => ({
    status: 502,
    body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
    headers: { 'content-type': 'text/html' },
  }),
  () => tooQuick(),
];
