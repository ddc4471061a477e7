import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { makeServedFile, type FileKind, type ServedFile } from './served-file.js';

export type DashboardFiles = {
  /** Without its token; null where the scripts were never built. */
  page: string | null;
  /** Every file it is made of, under the address it is fetched from. */
  files: ReadonlyMap<string, ServedFile>;
};

/**
 * Reads the dashboard into memory: the page and its styles as they stand in src/dashboard, the scripts as the build
 * has left them in `scriptsDir`, and the chart library from its package. What is not in this list is not served,
 * whatever an address says.
 */
export const readDashboard = async (pageDir: string, scriptsDir: string): Promise<DashboardFiles> => {
  const styles = namesIn(pageDir, '.css').map((name) => [name, path.join(pageDir, name)] as const);
  // What a script was made from decides, for a build may have left behind what has no source any more.
  const scripts = namesIn(pageDir, '.ts')
    .filter((name) => !name.endsWith('.d.ts'))
    .map((name) => name.replace(/\.ts$/, '.js'))
    .map((name) => [name, path.join(scriptsDir, name)] as const);
  const isBuilt = scripts.every(([, file]) => existsSync(file));
  const library = path.dirname(createRequire(import.meta.url).resolve('uplot'));
  const found = [
    ...styles,
    ...(isBuilt ? scripts : []),
    ['icon.svg', path.join(pageDir, 'icon.svg')],
    ['uplot.js', path.join(library, 'uPlot.esm.js')],
    ['uplot.css', path.join(library, 'uPlot.min.css')],
  ] as const;
  const served = found.map(async ([name, file]) => {
    const made = await makeServedFile(readFileSync(file), kindOf(name));
    return [`/dashboard/${name}`, made] as const;
  });
  const files = new Map(await Promise.all(served));
  // Told of all modules at once, the browser fetches them side by side instead of finding them one from another.
  const preloads = [...files.keys()]
    .filter((at) => at.endsWith('.js'))
    .map((at) => `<link rel="modulepreload" href="${at}" />`);
  const page = readFileSync(path.join(pageDir, 'page.html'), 'utf8');
  const withPreloads = page.replace('<!-- preloads -->', () => preloads.join('\n    '));
  return { page: isBuilt ? withPreloads : null, files };
};

const namesIn = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith(ending))
    .toSorted();

const kindOf = (name: string): FileKind => {
  if (name.endsWith('.css')) return 'css';
  return name.endsWith('.svg') ? 'svg' : 'js';
};
