import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

export const root = path.resolve(import.meta.dirname, '../../..');

const programsDir = path.join(root, 'node_modules', '.cache', 'bench-build', 'test', 'bench', 'programs');

/**
 * Compiles what the bench runs beside the gateway, by the compiler and the settings that build the gateway: loaders that
 * compile as they go keep every function's name at run time, which is slower. Throws what the compiler says.
 */
export const buildPrograms = (): void => {
  const compiler = path.join(root, 'node_modules', '.bin', 'tsc');
  execFileSync(compiler, ['-p', path.join(root, 'test', 'bench', 'tsconfig.programs.json')], {
    stdio: 'inherit',
  });
};

export const programPath = (
  name:
    | 'upstream'
    | 'load'
    | 'gateway-without-ledger'
    | 'proxy-with-ledger'
    | 'hand-written/main'
    | 'limits/all-inserts'
    | 'limits/two-inserts',
): string => path.join(programsDir, `${name}.js`);

/** The gateway as npm start has built it, in this checkout or another. */
export const gatewayPath = (program = 'main', checkout: string = root): string =>
  path.join(checkout, 'dist', 'src', `${program}.js`);

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
