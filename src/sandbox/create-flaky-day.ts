import type { Reply } from './reply.js';

/** Spoils one answer, or leaves it as it is. Whether `answer` is called decides whether anything is charged. */
export type Spoil = (answer: () => Reply) => Reply;

/** Spoils the answers of flaky keys: each key meets what `rotation` lists, in its order, and then from the start. */
export const createFlakyDay = (rotation: readonly Spoil[]): ((key: string, answer: () => Reply) => Reply) => {
  const requests = new Map<string, number>();
  return (key, answer) => {
    const request = requests.get(key) ?? 0;
    requests.set(key, request + 1);
    const spoil = rotation[request % rotation.length];
    return spoil === undefined ? answer() : spoil(answer);
  };
};
