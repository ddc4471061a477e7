import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Sql, Transaction } from './database.js';

/** One file of schema/functions: the object of its name, a function or a composite type, or the triggers. */
export type FunctionFile = {
  name: string;
  text: string;
  /** SHA-256 of the text, in hexadecimal. */
  hash: string;
  isType: boolean;
  /** The files of its `-- requires:` lines, which are applied before it. */
  requires: string[];
};

/** What the table schema_functions says of one file. */
type AppliedFile = { name: string; hash: string; appliedBy: string };

/** Reads all files of the folder. Each comes after the files that it requires; otherwise they are in order of name. */
export const readFunctionFiles = (folder: string): FunctionFile[] => {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted();
  return inOrder(
    names.map((file): FunctionFile => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      return {
        name: path.basename(file, '.sql'),
        text,
        hash: createHash('sha256').update(text).digest('hex'),
        isType: /^create type /m.test(text),
        requires: [...text.matchAll(/^-- requires: (.+)$/gm)].flatMap(([, list = '']) => list.split(', ')),
      };
    }),
  );
};

const inOrder = (files: FunctionFile[]): FunctionFile[] => {
  const byName = new Map(files.map((file) => [file.name, file]));
  const ordered = new Set<FunctionFile>();
  const add = (name: string, path: string[]): void => {
    const file = byName.get(name);
    if (file === undefined || path.includes(name)) {
      throw new Error(`schema/functions: ${[...path, name].join(' requires ')}, which is missing or a cycle`);
    }
    for (const required of file.requires) add(required, [...path, name]);
    ordered.add(file);
  };
  for (const { name } of files) add(name, []);
  return [...ordered];
};

/**
 * Applies the files that differ from what the database has, in their order, and drops the functions and types whose file
 * is gone. A type is dropped and created again, with everything that requires it. Where a function gets another signature,
 * its file has to drop the old one. Answers the names of the files that it applied.
 */
export const applyFunctionFiles = async (
  sql: Transaction,
  files: FunctionFile[],
  version: string,
): Promise<string[]> => {
  const applied = await readApplied(sql);
  const hashes = new Map(applied.map(({ name, hash }) => [name, hash]));
  const changed = withDependents(
    files,
    files.filter(({ name, hash }) => hashes.get(name) !== hash),
  );
  for (const { name } of changed.filter(({ isType }) => isType).toReversed()) {
    await sql.unsafe(`drop type if exists ${name}`);
  }
  for (const { name, text, hash } of changed) {
    await sql.unsafe(text);
    await sql`
      insert into schema_functions (name, hash, applied_by) values (${name}, ${hash}, ${version})
      on conflict (name) do update set hash = excluded.hash, applied_by = excluded.applied_by`;
  }
  const names = new Set(files.map(({ name }) => name));
  await dropRemoved(
    sql,
    applied.map(({ name }) => name).filter((name) => !names.has(name)),
  );
  await refuseOverloads(sql, [...names]);
  return changed.map(({ name }) => name);
};

const withDependents = (files: FunctionFile[], changed: FunctionFile[]): FunctionFile[] => {
  const affected = new Set(changed.map(({ name }) => name));
  const types = new Set(files.filter(({ isType }) => isType).map(({ name }) => name));
  // The files are in order, so what a file requires is decided before it.
  for (const { name, requires } of files) {
    if (requires.some((required) => types.has(required) && affected.has(required))) affected.add(name);
  }
  return files.filter(({ name }) => affected.has(name));
};

const dropRemoved = async (sql: Transaction, names: string[]): Promise<void> => {
  if (names.length === 0) return;
  const objects = await sql<{ drop: string }[]>`
    select 'drop function ' || p.oid::regprocedure as drop
    from pg_proc p where p.pronamespace = current_schema()::regnamespace and p.proname in ${sql(names)}
    union all
    select 'drop type ' || string_agg(quote_ident(t.typname), ', ')
    from pg_type t
    where t.typnamespace = current_schema()::regnamespace and t.typtype = 'c' and t.typname in ${sql(names)}
    having count(*) > 0`;
  for (const { drop } of objects) await sql.unsafe(drop);
  await sql`delete from schema_functions where name in ${sql(names)}`;
};

const refuseOverloads = async (sql: Transaction, names: string[]): Promise<void> => {
  const twice = await sql<{ name: string }[]>`
    select proname as name from pg_proc
    where pronamespace = current_schema()::regnamespace and proname in ${sql(names)}
    group by proname having count(*) > 1`;
  if (twice.length === 0) return;
  throw new Error(
    `${twice.map(({ name }) => name).join(', ')}: two signatures exist, so the file in schema/functions has to drop the old one`,
  );
};

/** Whether the database has exactly these files. */
export const functionsCurrent = async (sql: Sql, files: FunctionFile[]): Promise<boolean> => {
  const hashes = new Map((await readApplied(sql)).map(({ name, hash }) => [name, hash]));
  return hashes.size === files.length && files.every(({ name, hash }) => hashes.get(name) === hash);
};

/** Whether a newer version of the gateway has applied files that differ from these. */
export const functionsNewer = async (
  sql: Sql | Transaction,
  files: FunctionFile[],
  version: string,
): Promise<boolean> => {
  const hashes = new Map(files.map(({ name, hash }) => [name, hash]));
  const applied = await readApplied(sql);
  return applied.some(
    ({ name, hash, appliedBy }) => hashes.get(name) !== hash && isNewer(appliedBy, version),
  );
};

const readApplied = async (sql: Sql | Transaction): Promise<AppliedFile[]> => {
  const [table] = await sql<{ exists: boolean }[]>`
    select to_regclass('schema_functions') is not null as exists`;
  if (table?.exists !== true) return [];
  return sql<AppliedFile[]>`select name, hash, applied_by as "appliedBy" from schema_functions`;
};

/** Compares the numbers of two versions: 0.10.0 is newer than 0.9.1. */
const isNewer = (version: string, other: string): boolean => {
  const others = numbersOf(other);
  const first = numbersOf(version)
    .map((number, index) => number - (others[index] ?? 0))
    .find((difference) => difference !== 0);
  return first !== undefined && first > 0;
};

const numbersOf = (version: string): number[] => version.split('.').map((part) => Number.parseInt(part, 10));
