/** A random source that repeats for the same seed. */
export type Random = {
  /** A whole number from `min` to `max`, both included. */
  integer: (min: number, max: number) => number;
  chance: (probability: number) => boolean;
  pick: <Item>(items: readonly Item[]) => Item;
  /** `count` different items in the order of the list, or all of them where there are fewer. */
  some: <Item>(items: readonly Item[], count: number) => Item[];
};

/** Seeded by a text, so that every record's invention depends on its own id and on nothing else. */
export const createRandom = (seed: string): Random => {
  let state = hash(seed);

  // Mulberry32: a full period over 32 bits of state, and ten lines instead of a dependency.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };

  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const pick = <Item>(items: readonly Item[]): Item => itemAt(items, integer(0, items.length - 1));
  const some = <Item>(items: readonly Item[], count: number): Item[] => {
    const positions = new Set<number>();
    while (positions.size < Math.min(count, items.length)) positions.add(integer(0, items.length - 1));
    return items.filter((_, position) => positions.has(position));
  };
  return { integer, pick, some, chance: (probability) => next() < probability };
};

/** The item at a position counted round and round the list. */
export const itemAt = <Item>(items: readonly Item[], position: number): Item => {
  const item = items[position % items.length];
  if (item === undefined) throw new Error('the sandbox cannot choose from an empty list');
  return item;
};

// FNV-1a: neighbouring ids must not begin neighbouring sequences.
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return value;
};
