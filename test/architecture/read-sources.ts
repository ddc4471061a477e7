import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type Source = {
  /** From the root of the repository, with slashes: src/ledger/settle.ts. */
  path: string;
  text: string;
};

export const root = path.resolve(import.meta.dirname, '../..');

/** Generated folders and files. */
const skipped = new Set(['node_modules', 'dist', 'data', 'coverage', 'test-results', '.git']);
const generated = new Set(['src/dashboard/api/operations.ts']);

/** Every file of the repository in or below `folder`. */
export const readSources = (folder = ''): Source[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !skipped.has(entry.name))
    .flatMap((entry): Source[] => {
      const at = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) return readSources(at);
      return entry.isFile() && !generated.has(at)
        ? [{ path: at, text: readFileSync(path.join(root, at), 'utf8') }]
        : [];
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));

export const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

/** The code without its comments, and without what template literals hold. Expects code as the formatter leaves it. */
export const bareCode = (text: string): string => withoutComments(text).replace(template, '``');

// A template may hold another in one of its expressions.
const template = /`(?:[^`\\$]|\\[\s\S]|\$(?!\{)|\$\{(?:[^`{}]|\{[^{}]*\}|`(?:[^`\\]|\\[\s\S])*`)*\})*`/g;

/** What a file imports or exports from elsewhere, types too, as it is written. */
export const specifiersOf = (text: string): string[] => {
  const code = withoutComments(text);
  const statements = code.matchAll(/^(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*['"]([^'"]+)['"]/gm);
  const calls = code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
  return [...statements, ...calls].map(([, specifier]) => specifier ?? '');
};

/** The repository's file behind a relative import; null for a package. */
export const targetOf = (from: string, specifier: string): string | null => {
  if (!specifier.startsWith('.')) return null;
  const file = path.posix.join(path.posix.dirname(from), specifier).replace(/\.js$/, '');
  if (existsSync(path.join(root, `${file}.tsx`))) return `${file}.tsx`;
  return specifier.endsWith('.js') ? `${file}.ts` : file;
};

/** The module of a file: `ledger` for src/ledger/settle.ts, `errors` for src/errors.ts, `schema` for schema/index.ts. */
export const moduleOf = (file: string): string => {
  const [top = '', second = ''] = file.split('/');
  return top === 'src' ? second.replace(/\.ts$/, '') : top;
};
