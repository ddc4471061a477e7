// Adds to package.json that `npm pack` puts every dependency into the package ("add"), or removes it again ("remove").
// A package so made installs exactly the versions that were tested: npm ignores the lock file and the overrides of a
// package that is a dependency. The field is in package.json only while npm packs, because `npm install` of npm 11 does
// not end on a project that has it. The PostgreSQL binaries are left out: npm installs those of the platform.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const file = path.resolve(import.meta.dirname, '..', 'package.json');
const { bundleDependencies: _, ...manifest } = JSON.parse(readFileSync(file, 'utf8'));
const bundled = process.argv[2] === 'add' ? { bundleDependencies: Object.keys(manifest.dependencies) } : {};
writeFileSync(file, `${JSON.stringify({ ...manifest, ...bundled }, null, 2)}\n`);
