import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

export const root = path.resolve(import.meta.dirname, '../../..');

const programsDir = path.join(root, 'dist', 'bench');
const programs = [
  'upstream',
  'load',
  'gateway-without-ledger',
  'proxy-with-ledger',
  'hand-written/main',
  'limits/all-inserts',
  'limits/two-inserts',
  'limits/yoga-with-inserts',
] as const;

/**
 * Builds what the bench runs beside the gateway as the gateway is built: loaders that compile as they go keep every
 * function's name at run time, which is slower. Throws where the build fails.
 */
export const buildPrograms = (): void => {
  const build = path.join(root, 'scripts', 'build-gateway.mjs');
  const sources = programs.map((name) => path.join(root, 'test', 'bench', 'programs', `${name}.ts`));
  execFileSync(process.execPath, [build, programsDir, ...sources], { stdio: 'inherit' });
};

export const programPath = (name: (typeof programs)[number]): string => path.join(programsDir, `${name}.js`);

/** The gateway as npm start has built it, in this checkout or another. */
export const gatewayPath = (
  program: 'main' | 'cli/firmable-gateway' = 'main',
  checkout: string = root,
): string => path.join(checkout, 'dist', 'src', `${program}.js`);

/** Runs a command of the gateway as npm start has built it; returns what it prints, and throws where it fails. */
export const runGatewayCommand = async (
  env: Record<string, string>,
  ...args: readonly string[]
): Promise<string> => {
  const program = [gatewayPath('cli/firmable-gateway'), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, program, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return stdout.trim();
};
