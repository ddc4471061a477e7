import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { printEnvironment, printSettingsTable } from '../../scripts/generate-env.js';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

it('lists every setting in .env.example (npm run generate:env)', () => {
  expect(read('.env.example')).toBe(printEnvironment());
});

it('lists every setting in docs/configuration.md (npm run generate:env)', () => {
  expect(read('docs/configuration.md')).toContain(`\n${printSettingsTable()}\n`);
});
