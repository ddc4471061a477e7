import { execFileSync } from 'node:child_process';
import path from 'node:path';

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
  name: 'upstream' | 'load' | 'gateway-without-ledger' | 'proxy-with-ledger',
): string => path.join(programsDir, `${name}.js`);

/** The gateway as npm start has built it. */
export const gatewayPath = (command = 'main'): string => path.join(root, 'dist', 'src', `${command}.js`);
