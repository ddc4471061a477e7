import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';

/** The result of a build: where the files of the last stage are, and how the image is run. */
export type Image = {
  /** The folder that stands for `/` of the image. */
  root: string;
  workdir: string;
  /** Values that name a folder of the image name the same folder under `root`. */
  env: Record<string, string>;
  /** Null for root. */
  user: number | null;
  command: string[];
  healthcheck: string[];
};

type Stage = Image;

/**
 * Runs the steps of a Dockerfile without a container engine: each stage is a folder, and each RUN a shell in it, with
 * the programs of this machine in the place of the base image. Throws for a step that fails or that it does not know.
 * RUN steps must use paths relative to WORKDIR. `npm ci` copies `installed`, what it has installed for this project.
 */
export const runDockerfile = (
  file: string,
  { context, installed }: { context: string; installed: string },
  folder: string,
): Image => {
  const stages = new Map<string, Stage>();
  let stage: Stage | null = null;
  for (const instruction of DockerfileParser.parse(readFileSync(file, 'utf8')).getInstructions()) {
    const keyword = instruction.getKeyword();
    const text = instruction.toString().slice(keyword.length).trim();
    if (keyword === 'ARG') continue;
    if (keyword === 'FROM') {
      const name = / AS (\S+)$/i.exec(text)?.[1] ?? 'last';
      stage = createStage(path.join(folder, name));
      stages.set(name, stage);
      continue;
    }
    const step = steps[keyword];
    if (stage === null || step === undefined) throw new Error(`unknown step: ${keyword} ${text}`);
    step(stage, text, { context, installed, stages });
  }
  if (stage === null) throw new Error('the file has no stage');
  return stage;
};

const createStage = (root: string): Stage => {
  mkdirSync(root, { recursive: true });
  return { root, workdir: '/', env: {}, user: null, command: [], healthcheck: [] };
};

type Sources = { context: string; installed: string; stages: Map<string, Stage> };
type Step = (stage: Stage, text: string, from: Sources) => void;

const steps: Record<string, Step> = {
  WORKDIR: (stage, text) => {
    stage.workdir = path.posix.resolve(stage.workdir, text);
    mkdirSync(inStage(stage, '.'), { recursive: true });
  },
  COPY: (stage, text, { context, stages }) => copy(stage, text, context, stages),
  RUN: (stage, text, { installed }) =>
    text === 'npm ci' ? install(stage, installed) : run(stage, ['/bin/sh', '-ec', text]),
  ENV: (stage, text) => {
    for (const [, name = '', quoted, bare = ''] of text.matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/g)) {
      stage.env[name] = (quoted ?? bare).replaceAll(/\$(\w+)/g, (_, used: string) => variable(stage, used));
    }
  },
  USER: (stage, text) => {
    stage.user = Number(text.split(':')[0]);
  },
  VOLUME: (stage, text) => {
    if (!existsSync(inStage(stage, text))) throw new Error(`the volume ${text} is not a folder of the image`);
  },
  HEALTHCHECK: (stage, text) => {
    stage.healthcheck = readCommand(text.slice(text.indexOf('CMD ') + 4));
  },
  CMD: (stage, text) => {
    stage.command = readCommand(text);
  },
  EXPOSE: () => {},
  STOPSIGNAL: () => {},
};

const variable = (stage: Stage, name: string): string => stage.env[name] ?? process.env[name] ?? '';

const readCommand = (text: string): string[] => JSON.parse(text);

const inStage = (stage: Stage, name: string): string =>
  path.join(stage.root, path.posix.resolve(stage.workdir, name));

const copy = (stage: Stage, text: string, context: string, stages: Map<string, Stage>): void => {
  const words = text.split(/\s+/);
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  const owner = words.find((word) => word.startsWith('--chown='))?.slice('--chown='.length);
  const names = words.filter((word) => !word.startsWith('--'));
  const target = inStage(stage, names.at(-1) ?? '');
  const source = from === undefined ? context : stages.get(from)?.root;
  if (source === undefined) throw new Error(`there is no stage ${from}`);
  for (const name of names.slice(0, -1)) {
    const one = path.join(source, name);
    // As in Docker, a folder is copied by its content, and a file into a folder keeps its name.
    const isIntoFolder = !statSync(one).isDirectory() && (names.at(-1) ?? '').endsWith('/');
    const to = isIntoFolder ? path.join(target, path.basename(one)) : target;
    cpSync(one, to, { recursive: true });
    if (owner !== undefined && isRoot()) chownSync(to, ...readOwner(owner));
  }
};

const isRoot = (): boolean => process.getuid?.() === 0;

const readOwner = (owner: string): [number, number] => {
  const [uid = '', gid = uid] = owner.split(':');
  return [Number(uid), Number(gid)];
};

const run = (stage: Stage, command: string[]): void => {
  const { status, stdout, stderr } = spawnSync(command[0] ?? '', command.slice(1), {
    ...processOptions(stage),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command.join(' ')} failed:\n${stdout}${stderr}`);
};

const install = (stage: Stage, installed: string): void => {
  run(stage, ['cp', '-a', installed, 'node_modules']);
  rmSync(inStage(stage, 'node_modules/.cache'), { recursive: true, force: true });
};

/** How a process of the image is started: its folder, its environment, and its account if this process may change it. */
export const processOptions = (image: Image) => {
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  const env = Object.entries(image.env).map(([name, value]) => [name, mapPaths(image, value)]);
  const account = image.user !== null && isRoot() ? { uid: image.user, gid: image.user } : {};
  return { cwd: inStage(image, '.'), env: { ...inherited, ...Object.fromEntries(env) }, ...account };
};

const mapPaths = (image: Image, value: string): string =>
  value
    .split(':')
    .map((one) => (one.startsWith(`${image.workdir}/`) ? path.join(image.root, one) : one))
    .join(':');
