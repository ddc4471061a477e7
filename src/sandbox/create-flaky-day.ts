import type { Reply } from './reply.js';

/** Changes one reply, or not. Only a call of `answer` charges anything. */
export type Spoil = (answer: () => Reply) => Reply;

/** Changes the replies of flaky keys: each key cycles through `rotation`. */
export const createFlakyDay = (rotation: readonly Spoil[]): ((key: string, answer: () => Reply) => Reply) => {
  const requests = new Map<string, number>();
  return (key, answer) => {
    const request = requests.get(key) ?? 0;
    requests.set(key, request + 1);
    const spoil = rotation[request % rotation.length];
    return spoil === undefined ? answer() : spoil(answer);
  };
};
