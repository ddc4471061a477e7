import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a Markdown text says about the repository. Each function finds one kind of claim. */

export const root = path.resolve(import.meta.dirname, '../..');

export type Document = { name: string; text: string };

/** Every document of the project: the ones at the top, and the guides. */
export const readDocuments = (): Document[] =>
  [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CHANGELOG.md',
    ...readdirSync(path.join(root, 'docs'))
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`),
  ].map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') }));

export const readDocument = (name: string): string => readFileSync(path.join(root, name), 'utf8');

const tops = 'src|schema|migrations|scripts|test|docs|\\.ci';

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

/** Subcommands of the command line, such as `workspace create`. */
export const commandsIn = (text: string): string[] =>
  matches(text, /\bnpm run gateway -- ((?:[a-z-]+)(?: (?:list|create|plan)\b)?)/g);

/** Words in capitals with an underscore, in code: settings, and values of the API. */
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

/** GraphQL operations in their order, each with the response that is shown right after it, or null. */
export const examplesIn = (text: string): { query: string; response: unknown }[] =>
  [...text.matchAll(/```graphql\n([\s\S]*?)```(?:\s*```json\n([\s\S]*?)```)?/g)].map(
    ([, query = '', response]) => ({
      query,
      response: response === undefined ? null : JSON.parse(response),
    }),
  );

/** Code blocks of one language. */
export const blocksIn = (text: string, language: string): string[] =>
  matches(text, new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'));

/** Every `curl` command, its continued lines joined. */
export const curlsIn = (text: string): string[] =>
  blocksIn(text, 'sh')
    .flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
    .filter((line) => line.startsWith('curl '));

const matches = (
  text: string,
  pattern: RegExp,
  pick: (match: RegExpExecArray) => string = (match) => match[1] ?? '',
): string[] => [...text.matchAll(pattern)].map(pick);
