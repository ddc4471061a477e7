import { writeFileSync } from 'node:fs';
import { printApi } from '../src/graphql/schema.js';

const file = new URL('../schema/api.graphql', import.meta.url);
writeFileSync(file, printApi());
process.stdout.write('Wrote schema/api.graphql.\n');
