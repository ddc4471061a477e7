import { bareCode, roomOf, type Source, specifiersOf, targetOf } from './read-sources.js';

/** Each rule answers one line for each fault it finds: the file, and what is wrong with it. */
export type Table = Readonly<Record<string, readonly string[]>>;

const ours = (sources: Source[]): Source[] => sources.filter(({ path }) => path.endsWith('.ts'));

/** Every arrow between rooms is in the table, and every room of the table exists. */
export const strayArrows = (sources: Source[], arrows: Table): string[] => {
  const rooms = new Set(sources.map(({ path }) => roomOf(path)));
  const gone = Object.keys(arrows).filter((room) => !rooms.has(room));
  const unknown = [...rooms].filter((room) => arrows[room] === undefined);
  return [
    ...gone.map((room) => `${room} is in the table, but there is no such room`),
    ...unknown.map((room) => `${room} is a room, but not in the table`),
    ...ours(sources).flatMap(({ path, text }) =>
      specifiersOf(text).flatMap((specifier) => {
        const target = targetOf(path, specifier);
        if (target === null) return [];
        const [from, to] = [roomOf(path), roomOf(target)];
        return from === to || arrows[from]?.includes(to) === true ? [] : [`${path} imports from ${to}`];
      }),
    ),
  ];
};

/** Every package is used in the rooms that the table names for it and nowhere else; what is not in it is not used. */
export const strayPackages = (sources: Source[], packages: Table): string[] =>
  ours(sources).flatMap(({ path, text }) =>
    specifiersOf(text).flatMap((specifier) => {
      if (specifier.startsWith('.')) return [];
      const name = specifier.startsWith('node:')
        ? specifier
        : specifier
            .split('/')
            .slice(0, specifier.startsWith('@') ? 2 : 1)
            .join('/');
      const rooms = packages[name];
      if (name.startsWith('node:') && rooms === undefined) return [];
      return rooms?.includes(roomOf(path)) === true ? [] : [`${path} uses ${name}`];
    }),
  );

/** SQL is written in the rooms named and nowhere else. */
export const straySql = (sources: Source[], rooms: readonly string[]): string[] =>
  ours(sources)
    .filter(({ path }) => !rooms.includes(roomOf(path)))
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

/** Names say what is inside, in kebab-case: a drawer for odds and ends is no room. */
export const poorNames = (sources: Source[]): string[] =>
  sources.flatMap(({ path }) => {
    const parts = path.split('/').map((part) => part.replace(/\..*$/, ''));
    const drawer = parts.some((part) => /^(utils?|helpers?|common|lib|misc|shared)$/.test(part));
    const kebab = parts.every((part) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(part));
    return drawer || !kebab ? [`${path} is poorly named`] : [];
  });

/** What a module may not write, wherever it stands. */
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

/** The environment is read by those named, and handed on as configuration. */
export const strayEnvironment = (sources: Source[], readers: readonly string[]): string[] =>
  ours(sources)
    .filter(({ path }) => !readers.some((reader) => path === reader || path.startsWith(`${reader}/`)))
    .filter(({ text }) => /\bprocess\.env\b|\bimport\.meta\.env\b/.test(bareCode(text)))
    .map(({ path }) => `${path} reads the environment`);

/** Importing a module does nothing but declare; building the API's types is the one thing that needs statements. */
export const loudImports = (sources: Source[], entryPoints: readonly string[]): string[] =>
  ours(sources)
    .filter(({ path }) => !entryPoints.includes(path))
    .flatMap(({ path, text }) => {
      const declares =
        /^(?:import|export|const|type|interface|class|function|async function|declare|abstract class)\b/;
      const builds = (line: string): boolean =>
        roomOf(path) === 'graphql' && /^(?:builder\.|for \()/.test(line);
      return bareCode(text)
        .split('\n')
        .filter((line) => /^[^\s)\]}]/.test(line))
        .filter((line) => !(declares.test(line) || builds(line)) || /^[^=>]*= await\b/.test(line))
        .map((line) => `${path} does something when imported: ${line}`);
    });

/** No file is so long that it must hold two things. */
export const tooLong = (sources: Source[], linesMax: number): string[] =>
  sources.flatMap(({ path, text }) => {
    const lines = text.split('\n').length - 1;
    return lines > linesMax ? [`${path} has ${lines} lines`] : [];
  });

/** Nothing that is true on one machine only. */
export const privatePlaces = (sources: Source[]): string[] =>
  sources.flatMap(({ path, text }) => {
    const places =
      /\.\.\/shared\b|(?<![\w.~-])\/(?:work|root|Users|home\/\w+)\/\w|\bregistry\.[a-z]+\.[a-z]{2,}/;
    const found = places.exec(text)?.[0];
    return found === undefined ? [] : [`${path} mentions ${found}`];
  });
