/** What a Markdown text says about the repository. Each function finds one kind of claim. */

const tops = 'src|schema|migrations|test|\\.ci';

/** Paths of files and folders: those in backticks that begin with one of our folders, and our files by their names. */
export const pathsIn = (text: string): string[] => [
  ...matches(text, new RegExp(`\`((?:${tops})/[\\w./-]*)\``, 'g')),
  ...matches(text, /`((?:[A-Z]+\.md|\.env\.example|package\.json|[a-z.]+\.config\.ts))`/g),
];

/** Links that stay inside the repository. */
export const linksIn = (text: string): string[] =>
  matches(text, /\]\(([^)\s]+)[^)]*\)/g).filter((link) => !/^[a-z]+:/.test(link));

export const scriptsIn = (text: string): string[] =>
  matches(text, /\bnpm (?:run (?:--silent )?([a-z][a-z:-]*)|(?:test|start)\b)/g, (match) =>
    match[1] === undefined ? match[0].slice(4) : match[1],
  );

/** Words in capitals with an underscore, in code: variables, and values of the API. */
export const capitalsIn = (text: string): string[] => [
  ...matches(text.replace(/```[\s\S]*?```/g, ''), /`[^`\n]*`/g, ([code]) => code).flatMap((code) =>
    matches(code, /\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g),
  ),
  ...matches(text, /```sh\n([\s\S]*?)```/g).flatMap((block) => matches(block, /\b([A-Z][A-Z0-9_]+)=/g)),
];

/** The anchors of headings, as GitHub makes them. */
export const anchorsIn = (text: string): string[] =>
  matches(text, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replace(/ /g, '-'),
  );

/** The cells of every row of every table. */
export const tableRowsIn = (text: string): string[][] =>
  matches(text, /^\|(.*)\|$/gm)
    .filter((row) => !/^[\s|:-]*-[\s|:-]*$/.test(row))
    .map((row) => row.split('|').map((cell) => cell.trim()));

/** GraphQL operations in their order, each with the answer that is shown right after it, or null. */
export const examplesIn = (text: string): { query: string; answer: unknown }[] =>
  [...text.matchAll(/```graphql\n([\s\S]*?)```(?:\s*```json\n([\s\S]*?)```)?/g)].map(
    ([, query = '', answer]) => ({ query, answer: answer === undefined ? null : JSON.parse(answer) }),
  );

const matches = (
  text: string,
  pattern: RegExp,
  pick: (match: RegExpExecArray) => string = (match) => match[1] ?? '',
): string[] => [...text.matchAll(pattern)].map(pick);
