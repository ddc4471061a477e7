import { writeFileSync } from 'node:fs';
import { printEnvironment } from './print-environment.js';

const file = new URL('../../.env.example', import.meta.url);
writeFileSync(file, printEnvironment());
console.log(`Wrote .env.example.`);
