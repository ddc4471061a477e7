/** How much of a file is looked at. */
export const separatorSampleMax = 20_000;

const separators = [',', ';', '\t', '|'] as const;
const linesMax = 20;

/**
 * The separator of a file, by its beginning: the comma, semicolon, tab or vertical bar, whichever occurs most in the first
 * line outside of quotes. Of two that occur equally often, the one that most of the next lines have as often. A comma
 * where there is none.
 */
export const chooseSeparator = (beginning: string): string => {
  const bare = beginning.slice(0, separatorSampleMax).replace(/"(?:[^"]|"")*"/g, '');
  const [first = '', ...next] = bare
    .split(/[\r\n]+/, linesMax)
    .filter((line) => /\S/.test(line) || line.includes('\t'));
  const agreeing = (separator: string): number =>
    next.filter((line) => count(separator, line) === count(separator, first)).length;
  return separators.reduce<string>((best, one) => {
    const more = count(one, first) - count(best, first);
    return more > 0 || (more === 0 && count(one, first) > 0 && agreeing(one) > agreeing(best)) ? one : best;
  }, ',');
};

const count = (separator: string, line: string): number => line.split(separator).length - 1;
