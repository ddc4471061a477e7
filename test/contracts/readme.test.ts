import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { examplesIn } from './read-docs.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => gateway.close());

it('every operation of the README works as it stands, one after the other, and answers as it says', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  // The one with a placeholder is for a key of the reader's own.
  const examples = examplesIn(readme).filter(({ query }) => !query.includes('…'));
  const shown = examples.filter(({ answer }) => answer !== null);
  expect(shown.length).toBeGreaterThan(2);

  const bodies = new Map<string, unknown>();
  for (const { query } of examples) bodies.set(query, (await gateway.post(query)).body);
  const faults = [...bodies].filter(([, body]) =>
    /"(?:errors|userErrors)":\[\{|"FAILED"/.test(JSON.stringify(body)),
  );
  expect(faults).toEqual([]);
  expect(shown.map(({ query }) => [query, bodies.get(query)])).toEqual(
    shown.map(({ query, answer }) => [query, answer]),
  );
});
