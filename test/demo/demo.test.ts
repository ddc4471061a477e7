import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoToken } from '../../src/demo.js';
import { flagship } from '../../src/sandbox/samples.js';
import { startupBanner } from '../../src/http/startup-banner.js';
import { type GraphqlBody, startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
/** The response to the first lookup, before another test of this file buys anything. */
let first: GraphqlBody;

beforeAll(async () => {
  gateway = await startGateway();
  first = (await gateway.post(firstQuery)).body;
});

afterAll(async () => {
  await gateway.close();
});

const firstQuery = `{
  company(by: { domain: "${flagship.domain}" }) { receipt { charge creditsCharged payer { connection { name } } } }
  connections { nodes { name provider isDefault } }
  usage(from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z", groupBy: [WORKFLOW]) {
    rows { workflow found creditsCharged }
  }
}`;

it('seeds a connection for each provider and a few records, without the flagship, when the gateway is empty and the sandbox on', () => {
  expect(first.errors).toBeUndefined();
  expect(first.data).toMatchObject({
    connections: {
      nodes: expect.arrayContaining([
        { name: 'Firmable sandbox', provider: 'FIRMABLE', isDefault: true },
        { name: 'People Data Labs sandbox', provider: 'PEOPLE_DATA_LABS', isDefault: true },
        { name: 'Apollo sandbox', provider: 'APOLLO', isDefault: true },
      ]),
    },
    company: {
      receipt: { charge: 'CHARGED', creditsCharged: 1, payer: { connection: { name: 'Firmable sandbox' } } },
    },
  });
  expect(first.data?.['usage']).toMatchObject({
    rows: expect.arrayContaining([{ workflow: 'demo', found: 4, creditsCharged: 4 }]),
  });
});

it('logs no warning when it seeds the demo', () => {
  expect(gateway.logged()).not.toContain('"level":40');
});

it('derives the same token when the encryption key is the same', () => {
  const secret = randomBytes(32);
  expect(demoToken(secret)).toMatch(/^fgw_[\w-]{43}$/);
  expect(demoToken(secret)).toBe(demoToken(secret));
  expect(demoToken(secret)).not.toBe(demoToken(randomBytes(32)));
});

it('prints the token only when the start created it, and a query that runs', async () => {
  const url = gateway.url;
  const once = startupBanner({ url, firstToken: gateway.token, sampleDomain: flagship.domain });
  const later = startupBanner({ url, firstToken: null, sampleDomain: flagship.domain });
  expect(once).toContain(gateway.token);
  expect(later).not.toContain('fgw_');
  const query = later.split('\n').find((line) => line.trim().startsWith('{'));
  const { body } = await gateway.post(query ?? '');
  expect(body.data).toMatchObject({ company: { outcome: 'FOUND' } });
  expect(startupBanner({ url, firstToken: null, sampleDomain: null })).not.toContain('curl');
  const off = { graphiql: false, persistedDocuments: 'allowlist' } as const;
  const restricted = startupBanner({ url, firstToken: null, sampleDomain: flagship.domain, config: off });
  expect(restricted).not.toMatch(/GraphiQL|curl/);
});
