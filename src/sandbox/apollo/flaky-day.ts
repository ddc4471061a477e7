import type { Spoil } from '../create-flaky-day.js';
import { tooMany } from './reply.js';

/** Success; a 500; charged, and cut in the middle of the body; a proxy's 504 in HTML; a rate limit. */
export const flakyDay: readonly Spoil[] = [
  (answer) => answer(),
  () => ({ status: 500, body: { error: 'Internal server error' } }),
  // The record is charged and never arrives.
  (answer) => ({ ...answer(), cut: true }),
  () => ({
    status: 504,
    body: '<html><body><h1>504 Gateway Time-out</h1></body></html>',
    headers: { 'content-type': 'text/html' },
  }),
  () => tooMany('api/v1/people/match', 50, 'minute', 1),
];
