import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { partialAtFirmable } from '../../src/sandbox/samples.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { examplesIn } from './read-docs.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

it.each([
  ['People Data Labs', partialAtFirmable.withoutPhone.linkedin],
  ['Apollo', partialAtFirmable.phoneOnlyAtApollo.linkedin],
])('the waterfall that the README saves finds the phone that only %s has', async (_, linkedin) => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const example = examplesIn(readme).find(({ query }) => query.includes('saveWaterfall('));
  // Whichever of these tests comes second finds it saved, under that very name.
  await gateway.post(example?.query ?? '');
  const answered = await gateway.post(
    `query Q($linkedin: String!) {
      person(by: { linkedin: $linkedin }) { person { phones { number } } } }`,
    { linkedin },
  );
  expect(dataOf(answered, 'person')).toMatchObject({ person: { phones: [expect.anything()] } });
});
