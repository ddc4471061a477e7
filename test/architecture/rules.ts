import { bareCode, moduleOf, type Source, specifiersOf, targetOf, withoutComments } from './read-sources.js';

/** Each rule returns one line for each fault it finds: the file, and what is wrong with it. */
export type Table = Readonly<Record<string, readonly string[]>>;

const ours = (sources: Source[]): Source[] => sources.filter(({ path }) => /\.tsx?$/.test(path));

/** Every import between modules is in the table, and every module of the table exists. */
export const forbiddenImports = (sources: Source[], allowedImports: Table): string[] => {
  const modules = new Set(sources.map(({ path }) => moduleOf(path)));
  const gone = Object.keys(allowedImports).filter((module) => !modules.has(module));
  const unknown = [...modules].filter((module) => allowedImports[module] === undefined);
  return [
    ...gone.map((module) => `${module} is in the table, and does not exist`),
    ...unknown.map((module) => `${module} is not in the table`),
    ...ours(sources).flatMap(({ path, text }) =>
      specifiersOf(text).flatMap((specifier) => {
        const target = targetOf(path, specifier);
        if (target === null) return [];
        const [from, to] = [moduleOf(path), moduleOf(target)];
        return from === to || allowedImports[from]?.includes(to) === true
          ? []
          : [`${path} imports from ${to}`];
      }),
    ),
  ];
};

/** Every package is imported by the modules that the table names for it, and by no other. */
export const forbiddenPackages = (sources: Source[], packages: Table): string[] =>
  ours(sources).flatMap(({ path, text }) =>
    specifiersOf(text).flatMap((specifier) => {
      if (specifier.startsWith('.')) return [];
      const name = specifier.startsWith('node:')
        ? specifier
        : specifier
            .split('/')
            .slice(0, specifier.startsWith('@') ? 2 : 1)
            .join('/');
      const modules = packages[name];
      if (name.startsWith('node:') && modules === undefined) return [];
      return modules?.includes(moduleOf(path)) === true ? [] : [`${path} uses ${name}`];
    }),
  );

/** SQL is written in the modules named and nowhere else. */
export const forbiddenSql = (sources: Source[], modules: readonly string[]): string[] =>
  ours(sources)
    .filter(({ path }) => !modules.includes(moduleOf(path)))
    .filter(({ text }) => /\bsql(?:<[^`;]*>)?`/.test(text.replace(/\/\*[\s\S]*?\*\//g, '')))
    .map(({ path }) => `${path} writes SQL`);

/** No file reaches itself through its imports. */
export const cycles = (sources: Source[]): string[] => {
  const next = new Map(
    ours(sources).map(({ path, text }) => [
      path,
      specifiersOf(text).flatMap((specifier) => targetOf(path, specifier) ?? []),
    ]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, trail: string[]): void => {
    const at = trail.indexOf(file);
    if (at !== -1) found.push([...trail.slice(at), file].join(' → '));
    if (at !== -1 || done.has(file)) return;
    for (const target of next.get(file) ?? []) walk(target, [...trail, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return found;
};

/** Names are kebab-case and say what is inside. */
export const badNames = (sources: Source[]): string[] =>
  sources.flatMap(({ path }) => {
    const parts = path.split('/').map((part) => part.replace(/\..*$/, ''));
    const isVague = parts.some((part) => /^(utils?|helpers?|common|lib|misc|shared)$/.test(part));
    const kebab = parts.every((part) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(part));
    return isVague || !kebab ? [`${path} has a bad name`] : [];
  });

/** Language features that no file may use. */
export const bannedPhrases = (sources: Source[]): string[] =>
  ours(sources).flatMap(({ path, text }) => {
    const code = bareCode(text);
    const bans: [string, RegExp][] = [
      ['exports everything of another', /^export \*/m],
      ['has a default export', /^export default\b|\bas default\b/m],
      ['uses any', /\bas any\b|: any\b|<any\b|\bany\[\]/],
      ['silences the compiler', /@ts-(?:ignore|nocheck|expect-error)/],
      ['declares an enum', /^(?:export )?(?:const )?enum\b/m],
    ];
    return bans
      .filter(([, ban]) => ban.test(ban.source.includes('@ts-') ? text : code))
      .map(([what]) => `${path} ${what}`);
  });

/** The environment is read by the named files only. */
export const environmentReads = (sources: Source[], readers: readonly string[]): string[] =>
  ours(sources)
    .filter(({ path }) => !readers.some((reader) => path === reader || path.startsWith(`${reader}/`)))
    .filter(({ text }) => /\bprocess\.env\b|\bimport\.meta\.env\b/.test(bareCode(text)))
    .map(({ path }) => `${path} reads the environment`);

/** Importing a file has no effect. Only the API's types are built by statements. */
export const effectsAtImport = (sources: Source[], entryPoints: readonly string[]): string[] =>
  ours(sources)
    .filter(({ path }) => !entryPoints.includes(path))
    .flatMap(({ path, text }) => {
      const declares =
        /^(?:import|export|const|type|interface|class|function|async function|declare|abstract class)\b/;
      const builds = (line: string): boolean =>
        moduleOf(path) === 'graphql' && /^(?:builder\.|for \()/.test(line);
      return bareCode(text)
        .split('\n')
        .filter((line) => /^[^\s)\]}]/.test(line))
        .filter((line) => !(declares.test(line) || builds(line)) || /^[^=>]*= await\b/.test(line))
        .map((line) => `${path} does something when imported: ${line}`);
    });

/**
 * Only test files have hooks at their top level: where files share a process, a module that they import is run for the
 * first of them only.
 */
export const hooksAtImport = (sources: Source[]): string[] =>
  sources
    .filter(({ path }) => path.startsWith('test/') && !path.endsWith('.test.ts') && path !== hooksOfEachFile)
    .filter(({ text }) => /^(?:before|after)(?:All|Each)\(/m.test(bareCode(text)))
    .map(({ path }) => `${path} has hooks for the first file that imports it only`);

/** Vitest runs it for each file. */
const hooksOfEachFile = 'test/support/each-file.ts';

/** No file is longer than `linesMax`. */
export const tooLong = (sources: Source[], linesMax: number): string[] =>
  sources.flatMap(({ path, text }) => {
    const lines = text.split('\n').length - 1;
    return lines > linesMax ? [`${path} has ${lines} lines`] : [];
  });

/** What a file exports is named by another. Types are left out: they may belong to the signature of a function. */
export const unusedExports = (sources: Source[], readers: Source[]): string[] => {
  const filesOf = new Map<string, Set<string>>();
  for (const { path, text } of readers) {
    for (const [word] of withoutComments(text).matchAll(/[A-Za-z_$][\w$]*/g)) {
      filesOf.set(word, (filesOf.get(word) ?? new Set()).add(path));
    }
  }
  return ours(sources).flatMap(({ path, text }) =>
    [...bareCode(text).matchAll(/^export (?:const|(?:async )?function\*?|class) ([\w$]+)/gm)]
      .map(([, name = '']) => name)
      .filter((name) => [...(filesOf.get(name) ?? [])].every((file) => file === path))
      .map((name) => `${path} exports ${name}, which no other file uses`),
  );
};

/** No path or host of one machine. */
export const machinePaths = (sources: Source[]): string[] =>
  sources.flatMap(({ path, text }) => {
    const places =
      /\.\.\/shared\b|(?<![\w.~-])\/(?:work|root|Users|home\/\w+)\/\w|\bregistry\.[a-z]+\.[a-z]{2,}/;
    const found = places.exec(text)?.[0];
    return found === undefined ? [] : [`${path} mentions ${found}`];
  });
