import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const tests = path.resolve(import.meta.dirname, '..');

it('no test looks at, or cuts, the connections of another: they share one server, and each has its own database', () => {
  const statements = readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .flatMap((file) =>
      readFileSync(path.join(tests, file), 'utf8')
        .split(/[`']/)
        .filter((text) => /\bfrom pg_stat_activity\b/.test(text))
        .map((text) => ({ file, text })),
    );
  expect(statements.length).toBeGreaterThan(5);
  expect(statements.filter(({ text }) => !text.includes('datname = current_database()'))).toEqual([]);
});
