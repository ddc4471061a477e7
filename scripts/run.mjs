// Runs a program of dist/src, which it builds first where it is stale: node scripts/run.mjs PROGRAM ARGUMENTS. In one process,
// because each start of Node.js costs a tenth of a warm start.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import './build-when-stale.mjs';

const [node, , program = 'main', ...args] = process.argv;
const file = path.resolve(import.meta.dirname, '..', 'dist', 'src', `${program}.js`);
process.argv = [node, file, ...args];
await import(pathToFileURL(file).href);
