import type { Spoil } from '../create-flaky-day.js';
import { documentedError, plainError, throttledReply } from './reply.js';

/**
 * Success; a 503; charged, and cut in the middle of the body; a 500 that is a fault; a rate limit by status; a rate limit
 * inside a 200.
 */
export const flakyDay: readonly Spoil[] = [
  (answer) => answer(),
  () => ({
    ...documentedError(503, 'The service is temporarily unavailable.'),
    headers: { 'retry-after': '1' },
  }),
  // The record is charged and never arrives.
  (answer) => ({ ...answer(), cut: true }),
  () => plainError(500, 'Connection pool exhausted'),
  () => throttledReply('status'),
  () => throttledReply('body'),
];
