import type { Spoil } from '../create-flaky-day.js';
import { failure, tooQuick } from './reply.js';

/** Success; a 500; charged, and cut in the middle of the body; a proxy's 502 in HTML; a rate limit. */
export const flakyDay: readonly Spoil[] = [
  (answer) => answer(),
  () => failure(500, 'api_error', 'The server encountered an unexpected condition'),
  // The record is charged, and only the headers arrive.
  (answer) => ({ ...answer(), cut: true }),
  () => ({
    status: 502,
    body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
    headers: { 'content-type': 'text/html' },
  }),
  () => tooQuick(),
];
