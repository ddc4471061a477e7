/** Tells by what is changed in this process how often it was, so that what is remembered of it can bear the count. */
export type Changes = { countOf: (name: string) => number; note: (name: string) => void };

export const countChanges = (): Changes => {
  const counts = new Map<string, number>();
  const countOf = (name: string): number => counts.get(name) ?? 0;
  return { countOf, note: (name) => void counts.set(name, countOf(name) + 1) };
};
