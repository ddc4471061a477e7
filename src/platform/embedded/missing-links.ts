import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/**
 * The library links which a package of PostgreSQL binaries should have and has not. npm packages cannot hold
 * symbolic links: the package lists its own in `native/pg-symlinks.json`, and its install script makes them.
 */
export const missingLinks = (packageDir: string): string[] => {
  const list = path.join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = linkList.parse(JSON.parse(readFileSync(list, 'utf8')));
  return links.map((link) => link.target).filter((target) => !existsSync(path.join(packageDir, target)));
};

const linkList = z.array(z.object({ target: z.string() }));
