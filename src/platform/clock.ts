/** The process's idea of now. Money never depends on it (the database's clock does that); tests turn it. */
export type Clock = { now: () => Date };

export const systemClock: Clock = { now: () => new Date() };
