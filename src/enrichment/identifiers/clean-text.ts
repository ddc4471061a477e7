/** What was read of a text: an identifier, or a sentence that says why there is none. */
export type Reading<Value> = { value: Value } | { refusal: string };

/**
 * No identifier is longer. Longer text is refused before anything is done with it: normalizing it could take long, and
 * some characters grow to eighteen.
 */
const lengthMax = 4_000;

export const tooLong: { refusal: string } = {
  refusal: `This is longer than ${lengthMax} characters: send the identifier alone.`,
};

/** The text of a cell, without what spreadsheets, chats and documents put around it; null where it is too long. */
export type CleanText = {
  text: string;
  /** The words of a link; `text` is its target. */
  label: string | null;
};

/**
 * Decodes HTML entities, removes invisible characters, blanks, quotes, brackets and trailing commas around an identifier,
 * and replaces a link (Markdown, HTML, Slack, a HYPERLINK formula) by its target. Takes linear time.
 */
export const cleanText = (written: string): CleanText | null => {
  if (written.length > lengthMax) return null;
  let text = trim(decodeEntities(written).replace(invisible, '').replace(blanks, ' '));
  let label: string | null = null;
  for (let round = 0; round < roundsMax; round += 1) {
    const link = linkIn(text);
    label ??= link?.label ?? null;
    const next = trim(unquote(link?.target ?? text));
    if (next === text) break;
    text = next;
  }
  return { text, label };
};

const roundsMax = 6;

/** HTML, and Slack in its links, write these characters as entities. */
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&#x27;': "'",
  '&nbsp;': ' ',
};

const decodeEntities = (text: string): string =>
  text.replace(
    /&(?:amp|lt|gt|quot|apos|nbsp|#39|#x27);/gi,
    (entity) => entities[entity.toLowerCase()] ?? entity,
  );

/** Characters that are not seen: soft hyphens, zero-width spaces, marks of direction, byte order marks. */
const invisible =
  /\u034F|[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/g;
const blanks = /\s+/g;

/** Joiners belong to some scripts and emoji, but not at an end. */
const isPadding = (character: string | undefined): boolean =>
  character !== undefined && ' \u200C\u200D'.includes(character);

const trim = (text: string): string => cut(text, isPadding, isPadding);

const opening: Readonly<Record<string, string>> = { '(': ')', '[': ']', '<': '>', '{': '}' };
const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '>': '<', '}': '{' };
const quotes = '\'"`´“”„‟‘’‚‛«»‹›';

/** Without quotes, without a pair of brackets around it, and without brackets and commas that belong to the text around. */
const unquote = (text: string): string => {
  const bare = cut(
    // The formula ="…", by which spreadsheets keep digits as text.
    text.replace(/^= ?(?=")/, ''),
    (character) => character !== undefined && (quotes.includes(character) || ',;'.includes(character)),
    (character) => character !== undefined && (quotes.includes(character) || ',;'.includes(character)),
  );
  const [first = '', last = ''] = [bare[0], bare.at(-1)];
  if (bare.length > 1 && opening[first] === last) return bare.slice(1, -1);
  const close = opening[first];
  if (close !== undefined && countOf(first, bare) > countOf(close, bare)) return bare.slice(1);
  const open = closing[last];
  if (open !== undefined && countOf(last, bare) > countOf(open, bare)) return bare.slice(0, -1);
  return bare;
};

const countOf = (character: string, text: string): number => text.split(character).length;

const cut = (
  text: string,
  isBefore: (character: string | undefined) => boolean,
  isAfter: (character: string | undefined) => boolean,
): string => {
  let [start, end] = [0, text.length];
  while (start < end && isBefore(text[start])) start += 1;
  while (end > start && isAfter(text[end - 1])) end -= 1;
  return text.slice(start, end);
};

/** The first pattern that fits says which part is the target, and which the label. */
const links: readonly { pattern: RegExp; target: number; label: number }[] = [
  {
    pattern: /^!?\[([^\]]*)\]\(\s*<?([^()<>\s]*(?:\([^()<>\s]*\)[^()<>\s]*)*)>?(?:\s[^)]*)?\)/,
    target: 2,
    label: 1,
  },
  { pattern: /^<a\s[^>]*href\s*=\s*["']?([^"'>\s]+)[^>]*>([^<]*)/i, target: 1, label: 2 },
  { pattern: /^<([^|<>]+)\|([^<>]*)>/, target: 1, label: 2 },
  { pattern: /^=\s*HYPERLINK\(\s*"([^"]*)"(?:\s*[,;]\s*"([^"]*)")?/i, target: 1, label: 2 },
];

const linkIn = (text: string): { target: string; label: string } | null => {
  for (const { pattern, target, label } of links) {
    const found = pattern.exec(text);
    const [, ...parts] = found ?? [];
    if (found !== null) return { target: parts[target - 1] ?? '', label: parts[label - 1] ?? '' };
  }
  return null;
};

/** An http scheme, however mistyped or repeated: `https//`, `http:/`, `htttps://`, `http://https://`, `//`. */
const schemes = /^(?:(?:h+t+ps*|t+ps*)\s?[:;.]{0,2}\s?[/\\]+|https?:(?=[\p{L}\p{N}])|[:;]?[/\\]+)+/iu;

/** The address without its http scheme. */
export const withoutScheme = (address: string): string => address.replace(schemes, '');

/** Decodes percent signs as often as they were written; null where they are malformed. */
export const decodePercents = (text: string): string | null => {
  let decoded = text;
  for (let round = 0; round < 3 && decoded.includes('%'); round += 1) {
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      return null;
    }
  }
  return decoded;
};
