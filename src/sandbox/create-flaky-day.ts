import { documentedError, plainError, type Reply, throttledReply } from './reply.js';

/** What a flaky key meets, request after request, and then from the start. */
const rotation: readonly ((answer: () => Reply) => Reply)[] = [
  (answer) => answer(),
  () => ({
    ...documentedError(503, 'The service is temporarily unavailable.'),
    headers: { 'retry-after': '1' },
  }),
  // The record is paid for and never arrives.
  (answer) => ({ ...answer(), cut: true }),
  () => plainError(500, 'Connection pool exhausted'),
  () => throttledReply('status'),
  () => throttledReply('body'),
];

/**
 * Spoils the answers of flaky keys, each key in the same order: as it should be; 503; charged, and cut off in the
 * middle of the body; a 500 that is a real fault; throttled by status; throttled inside a 200.
 */
export const createFlakyDay = (): ((key: string, answer: () => Reply) => Reply) => {
  const requests = new Map<string, number>();
  return (key, answer) => {
    const request = requests.get(key) ?? 0;
    requests.set(key, request + 1);
    const spoil = rotation[request % rotation.length];
    return spoil === undefined ? answer() : spoil(answer);
  };
};
