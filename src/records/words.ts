const wordsMax = 50;
const prefixesMax = 20;

/**
 * The words by which a name is found, each once, in lower case and without accents. A chunk with marks inside is also one
 * word: `O'Brien` is found by `obrien`, and `Coca-Cola` by `cocacola`. At most 50 words of 60 characters.
 */
export const wordsOfName = (name: string): string[] => {
  const words = new Set<string>();
  for (const chunk of fold(name).split(/\s+/)) {
    const parts = partsOf(chunk);
    for (const word of parts) words.add(word);
    if (parts.length > 1) words.add(shorten(parts.join('')));
  }
  return [...words].slice(0, wordsMax);
};

/** The words of a search text: a name matches if each is the beginning of one of its words. */
export const prefixesOf = (text: string): string[] =>
  [...new Set(fold(text).split(/\s+/).flatMap(partsOf))].slice(0, prefixesMax);

const partsOf = (chunk: string): string[] => (chunk.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map(shorten);

const shorten = (word: string): string => /^.{0,60}/su.exec(word)?.[0] ?? '';

/** Letters that Unicode does not decompose, and people type without their mark. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Compatibility forms are unified (full-width letters, ligatures); only the accents of European scripts are removed. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase()
    // Lower case may decompose again: İ is i with a dot above.
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => plain[letter] ?? letter);
