import { readFileSync, writeFileSync } from 'node:fs';
import { printEnvironment, printVariableTable } from './print-environment.js';

const example = new URL('../.env.example', import.meta.url);
const readme = new URL('../README.md', import.meta.url);

const text = readFileSync(readme, 'utf8');
const table = /^\| variable \|.*\n(?:\|.*\n)+/m;
if (!table.test(text)) throw new Error('README.md has no table that begins "| variable |": put one back.');
writeFileSync(example, printEnvironment());
writeFileSync(
  readme,
  text.replace(table, () => `${printVariableTable()}\n`),
);
console.log('Wrote .env.example, and the table of variables in README.md.');
