/**
 * The identifier by which a provider is asked: the first of those known that it looks up by; null where it does by
 * none. An id counts only with the provider whose own it can be.
 */
export const chooseIdentifier = <Identifier extends { kind: string; value: string }>(
  offer: { identifiers: readonly Identifier['kind'][] },
  known: readonly Identifier[],
  isOwnId: (id: string) => boolean,
): Identifier | null => {
  for (const one of known) {
    if (!offer.identifiers.includes(one.kind)) continue;
    if (one.kind !== 'id') return one;
    const id = ownSpelling(one.value, isOwnId);
    if (id !== null) return { ...one, value: id };
  }
  return null;
};

/** An id as its provider writes it: as given, or in small letters; null where it can be none of that provider's. */
export const ownSpelling = (id: string, isOwnId: (id: string) => boolean): string | null =>
  isOwnId(id) ? id : isOwnId(id.toLowerCase()) ? id.toLowerCase() : null;

/** The same where it is not known whose it is. */
export const spellingOfAny = (id: string, areOwnIds: readonly ((id: string) => boolean)[]): string | null => {
  for (const isOwnId of areOwnIds) {
    const spelling = ownSpelling(id, isOwnId);
    if (spelling !== null) return spelling;
  }
  return null;
};
