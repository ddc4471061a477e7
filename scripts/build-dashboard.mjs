// Builds the dashboard of src/dashboard into the folder given, dist/src/dashboard by default: scripts and styles with
// hashes in their names, the page that loads them, and the documents that it may send. Plain JavaScript, because it runs
// before there is a build.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const source = path.join(root, 'src', 'dashboard');
const outdir = path.resolve(process.argv[2] ?? path.join(root, 'dist', 'src', 'dashboard'));

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });

const options = {
  absWorkingDir: root,
  bundle: true,
  target: ['chrome120', 'firefox128', 'safari17.5'],
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
};
const { metafile } = await build({
  ...options,
  entryPoints: [path.join(source, 'main.tsx')],
  outdir,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  splitting: true,
  format: 'esm',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  metafile: true,
});
// GraphiQL's page has a script and styles of its own, which src/http/graphiql names.
await build({
  ...options,
  entryPoints: [path.join(source, 'graphiql', 'main.ts')],
  outfile: path.join(outdir, 'graphiql.js'),
  format: 'iife',
});

const outputs = Object.entries(metafile.outputs);
const nameOf = (file) => path.basename(file);
const [script, entry] = outputs.find(([, { entryPoint }]) => entryPoint?.endsWith('dashboard/main.tsx'));
// With the modules of the first load listed, the browser fetches them at once instead of finding one through another.
const preloads = entry.imports
  .filter(({ kind }) => kind === 'import-statement')
  .map(({ path: file }) => file);
const page = readFileSync(path.join(source, 'page.html'), 'utf8')
  .replace('{{style}}', () => nameOf(entry.cssBundle))
  .replace('{{script}}', () => nameOf(script))
  .replace('<!-- preloads -->', () =>
    preloads
      .map((file) => `<link rel="modulepreload" href="{{base}}/dashboard/${nameOf(file)}" />`)
      .join('\n    '),
  );
writeFileSync(path.join(outdir, 'page.html'), page);
writeFileSync(path.join(outdir, 'icon.svg'), readFileSync(path.join(source, 'icon.svg')));

// The documents that the dashboard sends, for the mode allowlist.
const bundle = path.join(outdir, 'operations.mjs');
await build({
  entryPoints: [path.join(source, 'api', 'operations.ts')],
  outfile: bundle,
  bundle: true,
  format: 'esm',
  logLevel: 'warning',
});
const exported = Object.entries(await import(pathToFileURL(bundle).href));
rmSync(bundle);
const documents = exported
  .filter(([name]) => name.endsWith('Document'))
  .map(([, document]) => document.toString().trim());
writeFileSync(path.join(outdir, 'documents.json'), JSON.stringify(documents));
