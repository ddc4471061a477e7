import type { Spoil } from '../create-flaky-day.js';
import { tooMany } from './reply.js';

/** As it should be; a 500; charged, and cut off in the middle of the body; a gateway's 504 in HTML; throttled. */
export const flakyDay: readonly Spoil[] = [
  (answer) => answer(),
  () => ({ status: 500, body: { error: 'Internal server error' } }),
  // The record is paid for and never arrives.
  (answer) => ({ ...answer(), cut: true }),
  () => ({
    status: 504,
    body: '<html><body><h1>504 Gateway Time-out</h1></body></html>',
    headers: { 'content-type': 'text/html' },
  }),
  () => tooMany('api/v1/people/match', 50, 'minute', 1),
];
