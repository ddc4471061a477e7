import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

it('npm start leaves the environment as it is: NODE_ENV=production there would take the sandbox from the first start', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  expect(scripts['start']).toContain('dist/src/main.js');
  expect(scripts['start']).not.toMatch(/\benv\b|[A-Z_]+=/);
});
