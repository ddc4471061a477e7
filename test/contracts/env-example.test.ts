import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { printEnvironment } from '../../scripts/print-environment.js';

it('.env.example lists what src/config/config.ts reads (npm run generate:env)', () => {
  const file = new URL('../../.env.example', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(printEnvironment());
});
