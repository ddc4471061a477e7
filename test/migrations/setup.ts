import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSchema, type Schema } from '../../src/platform/migrate.js';

const root = path.resolve(import.meta.dirname, '../..');

/** The schema of this checkout after a change to a copy of its files; `change` gets the copy's folder. */
export const changedSchema = (change: (folder: string) => void): Schema => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-schema-'));
  try {
    for (const name of ['migrations', 'schema/functions', 'package.json']) {
      cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    }
    change(folder);
    return readSchema(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const functionFile = (folder: string, name: string): string =>
  path.join(folder, 'schema/functions', `${name}.sql`);

/** Replaces text in one file of schema/functions. Throws where the text is not in it. */
export const edit = (folder: string, name: string, from: string | RegExp, to: string): void => {
  const file = functionFile(folder, name);
  const before = readFileSync(file, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${name}.sql has no ${from}`);
  writeFileSync(file, after);
};
