/** A chunk that is run: `next` starts its next lookup, or returns null where none may start now. */
export type SlotUser = { group: string; next: () => (() => Promise<void>) | null };

/** Divides the lookups that an instance makes at a time. */
export type Slots = {
  add: (user: SlotUser) => void;
  remove: (user: SlotUser) => void;
  /** Starts what may start. To be called when a user has something new. */
  fill: () => void;
};

/**
 * Makes at most `max` lookups at a time. A free slot goes to the group (a token) that has the fewest, and within it to the
 * user that has the fewest: so a list that waits for its provider's rate limit leaves room for the others.
 */
export const createSlots = (max: number): Slots => {
  const users = new Map<SlotUser, number>();
  const ofGroup = new Map<string, number>();
  let inFlight = 0;

  const count = (user: SlotUser, by: 1 | -1): void => {
    inFlight += by;
    const own = users.get(user);
    if (own !== undefined) users.set(user, own + by);
    const all = (ofGroup.get(user.group) ?? 0) + by;
    if (all === 0) ofGroup.delete(user.group);
    else ofGroup.set(user.group, all);
  };

  const inOrder = (): SlotUser[] =>
    [...users]
      .toSorted(
        ([one, ownOfOne], [other, ownOfOther]) =>
          (ofGroup.get(one.group) ?? 0) - (ofGroup.get(other.group) ?? 0) || ownOfOne - ownOfOther,
      )
      .map(([user]) => user);

  const startOne = (): boolean => {
    for (const user of inOrder()) {
      const work = user.next();
      if (work === null) continue;
      count(user, 1);
      void work().finally(() => {
        count(user, -1);
        fill();
      });
      return true;
    }
    return false;
  };

  const fill = (): void => {
    for (;;) if (inFlight >= max || !startOne()) return;
  };

  return {
    add: (user) => {
      users.set(user, 0);
      fill();
    },
    remove: (user) => {
      users.delete(user);
    },
    fill,
  };
};
