// Builds the gateway: bundles src/main.ts and the command line, with the packages that they use, into the folder given,
// dist/src by default. Files named after the folder are bundled in their place. A start reads a few files instead of
// 1,300, which halves its processor time. Plain JavaScript, because it runs before there is a build. It checks no types.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const [folder = path.join('dist', 'src'), ...files] = process.argv.slice(2);
const outdir = path.resolve(folder);
const programs = files.length > 0 ? files : ['src/main.ts', 'src/cli/firmable-gateway.ts'];

/**
 * Lets source maps name the files of packages and none of their lines: Node.js reads the maps at each start, and those of
 * packages are three times as large as ours.
 */
const withoutMapsOfPackages = {
  name: 'without-maps-of-packages',
  setup: ({ onLoad }) =>
    onLoad({ namespace: 'file', filter: /\/node_modules\/.*\.[cm]?js$/ }, ({ path: file }) => {
      const map = JSON.stringify({ version: 3, sources: [path.basename(file)], mappings: 'AAAA' });
      const comment = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
      return { contents: `${readFileSync(file, 'utf8')}\n${comment}`, loader: 'default' };
    }),
};

/**
 * Escapes what is not ASCII, which esbuild does in strings and not in regular expressions: V8 keeps the text of a file in
 * memory, and one such character doubles it.
 */
const inAscii = {
  name: 'in-ascii',
  setup: ({ onLoad }) =>
    onLoad({ namespace: 'file', filter: /\.ts$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replace(/[^\0-\x7F]/g, escaped),
      loader: 'ts',
    })),
};

const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Gives a package in CommonJS that is loaded by `import()` the named exports that it has in Node.js: by itself esbuild
 * exports `default` alone.
 */
const namesOfCommonJs = {
  name: 'names-of-commonjs',
  setup: ({ onLoad, onResolve, resolve }) => {
    const namespace = 'commonjs';
    onResolve({ filter: /./ }, async ({ path: name, kind, namespace: from, ...args }) => {
      if (kind !== 'dynamic-import' || from !== 'file') return null;
      // As an import statement, which this function leaves alone.
      const found = await resolve(name, { kind: 'import-statement', ...args });
      return found.external || !isCommonJs(found.path) ? null : { path: found.path, namespace };
    });
    onLoad({ filter: /./, namespace }, ({ path: file }) => {
      const names = Object.keys(require(file)).filter((name) => name !== 'default' && /^\w+$/.test(name));
      return {
        contents: `const all = require(${JSON.stringify(file)}); export default all; export const { ${names.join()} } = all;`,
        resolveDir: path.dirname(file),
      };
    });
  },
};

/**
 * Takes the ES modules of packages that have them beside CommonJS, whose members would be read through a getter each time.
 * The executor reads those of graphql for each field.
 */
const esModules = {
  name: 'es-modules',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^(graphql|tldts)$/ }, ({ path: name }) => {
      const manifest = require.resolve(`${name}/package.json`);
      const { module } = JSON.parse(readFileSync(manifest, 'utf8'));
      return { path: path.join(path.dirname(manifest), module), sideEffects: false };
    }),
};

const require = createRequire(import.meta.url);

const isCommonJs = (file) => {
  if (!file.includes('/node_modules/') || !/\.c?js$/.test(file)) return false;
  let folder = path.dirname(file);
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).type !== 'module';
};

/**
 * Removes what earlier builds have left. A gateway that runs may still load modules of the build that it was started
 * from, so these stay for a day.
 */
const removeOld = (outputs) => {
  const beforeMs = Date.now() - 24 * 3_600_000;
  const present = new Set(['dashboard', ...outputs.map((file) => file.split(path.sep)[0])]);
  for (const name of readdirSync(outdir).filter((name) => !present.has(name))) {
    const file = path.join(outdir, name);
    if (statSync(file).mtimeMs < beforeMs) rmSync(file, { recursive: true });
  }
};

mkdirSync(outdir, { recursive: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: programs,
  outdir,
  // All in one folder: code that reads files finds them from any chunk.
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // GraphiQL's files are 9 MB of text, which only the first visit of its page reads.
  external: ['@graphql-yoga/render-graphiql'],
  // Packages in CommonJS call it for modules of Node.js.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
  // Names stay: errors and stack traces show them.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  sourcemap: true,
  sourcesContent: false,
  plugins: [withoutMapsOfPackages, inAscii, namesOfCommonJs, esModules],
  metafile: true,
  logLevel: 'warning',
});
removeOld(Object.keys(metafile.outputs).map((name) => path.relative(outdir, path.resolve(root, name))));
