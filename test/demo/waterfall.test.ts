import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleWaterfall } from '../../src/http/graphiql/example-waterfall.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const miss = (step: number, provider: string) => ({
  step,
  provider,
  outcome: 'NOT_FOUND',
  creditsCharged: 0,
});

it("returns three attempts, their charges and the sources of fields when GraphiQL's waterfall example runs", async () => {
  const { body } = await gateway.post(exampleWaterfall);
  expect(body.errors).toBeUndefined();
  expect(body.data).toMatchObject({
    knownToOne: {
      outcome: 'FOUND',
      person: { name: 'Dario Fennimore', phones: [{ number: '+61491576398' }] },
      receipt: {
        creditsCharged: 9,
        attempts: [
          miss(1, 'FIRMABLE'),
          miss(2, 'PEOPLE_DATA_LABS'),
          { step: 3, provider: 'APOLLO', outcome: 'FOUND', creditsCharged: 9, reason: null },
        ],
      },
      problem: null,
    },
    filledIn: {
      outcome: 'FOUND',
      person: {
        name: 'Dev M Iyer',
        phones: [{ number: expect.stringMatching(/^\+61491/) }],
        sources: expect.arrayContaining([
          { field: 'phones', provider: 'APOLLO' },
          { field: 'name', provider: 'FIRMABLE' },
        ]),
      },
      receipt: {
        creditsCharged: 10,
        attempts: [
          { step: 1, provider: 'FIRMABLE', outcome: 'FOUND', creditsCharged: 1 },
          miss(2, 'PEOPLE_DATA_LABS'),
          { step: 3, provider: 'APOLLO', outcome: 'FOUND', creditsCharged: 9 },
        ],
      },
    },
  });
});
