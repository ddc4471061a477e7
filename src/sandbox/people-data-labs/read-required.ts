/** Whether a record has what `required` demands. */
export type Required = (body: unknown) => boolean;

/**
 * Reads `required`: field names, dots inside them, joined by AND and OR with parentheses as usual, AND the stronger.
 * Null where it is not written so, or names a field that records do not have.
 */
export const readRequired = (written: string, fields: ReadonlySet<string>): Required | null => {
  const tokens = written.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const take = (word: string): boolean => {
    const taken = tokens[at]?.toUpperCase() === word;
    if (taken) at += 1;
    return taken;
  };

  const readField = (): Required | null => {
    if (take('(')) {
      const inner = readAny();
      return take(')') ? inner : null;
    }
    const path = tokens[at]?.split('.') ?? [];
    at += 1;
    return fields.has(path[0] ?? '') ? (body) => isFilled(body, path) : null;
  };
  const readAll = (): Required | null =>
    readJoined('AND', readField, (terms, body) => terms.every((term) => term(body)));
  const readAny = (): Required | null =>
    readJoined('OR', readAll, (terms, body) => terms.some((term) => term(body)));
  const readJoined = (
    word: string,
    readTerm: () => Required | null,
    join: (terms: readonly Required[], body: unknown) => boolean,
  ): Required | null => {
    const terms = [readTerm()];
    while (take(word)) terms.push(readTerm());
    const read = terms.filter((term) => term !== null);
    return read.length === terms.length ? (body) => join(read, body) : null;
  };

  const required = readAny();
  return at === tokens.length ? required : null;
};

const isFilled = (value: unknown, path: readonly string[]): boolean => {
  if (value === null || value === undefined || value === '') return false;
  if (Array.isArray(value)) return value.some((item) => isFilled(item, path));
  const [first, ...rest] = path;
  if (first === undefined) return typeof value !== 'object' || Object.keys(value).length > 0;
  if (typeof value !== 'object') return false;
  return isFilled(new Map<string, unknown>(Object.entries(value)).get(first), rest);
};
