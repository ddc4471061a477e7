/**
 * Makes the reader of a word that rows keep as text and the API shows as an enum. It throws for a word that this
 * release does not know: a fault of ours, never of the caller.
 */
export const known =
  <Word extends string>(what: string, words: readonly Word[]) =>
  (stored: string): Word => {
    const word = words.find((one) => one === stored);
    if (word === undefined) throw new Error(`a row names the unknown ${what} ${stored}`);
    return word;
  };
