import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { tableRowsIn } from '../contracts/read-docs.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { UPSTREAM_TIMEOUT_MS: '1000' } });
});
afterAll(() => gateway.close());

const providers: Readonly<Record<string, { provider: string; header: string }>> = {
  fbl: { provider: 'FIRMABLE', header: 'x-firmable-key' },
  pdl: { provider: 'PEOPLE_DATA_LABS', header: 'x-people-data-labs-key' },
  apollo: { provider: 'APOLLO', header: 'x-apollo-key' },
};

const guide = readFileSync(new URL('../../docs/quick-start.md', import.meta.url), 'utf8');
/** Each sandbox key that the quick start lists, with its problem code. */
const documented = tableRowsIn(guide).flatMap(([keys = '', what = '']) => {
  const code = /`([A-Z_]+)`/.exec(what)?.[1];
  const named = [...keys.matchAll(/`((fbl|pdl|apollo)_sandbox_\w+)`/g)];
  return code === undefined ? [] : named.map(([, key = '', prefix = '']) => ({ key, prefix, code }));
});

describe('the sandbox keys of the quick start', () => {
  it('exist for every provider', () => {
    expect(documented.length).toBeGreaterThan(12);
    expect(new Set(documented.map(({ prefix }) => prefix)).size).toBe(3);
  });

  it.each(documented)(
    'return $code, and a presumed charge at most, when the key is $key',
    async ({ key, prefix, code }) => {
      const { provider = '', header = '' } = providers[prefix] ?? {};
      const { body } = await gateway.post(
        `{ company(by: { domain: "${flagship.domain}" }, options: { waterfall: [{ provider: ${provider} }] }) {
           outcome problem { code } receipt { charge creditsCharged payer { kind } } } }`,
        {},
        { authorization: `Bearer ${gateway.token}`, [header]: key },
      );
      expect(body).toMatchObject({
        data: {
          company: {
            problem: { code },
            receipt: {
              charge: code === 'PROVIDER_TIMEOUT' ? 'PRESUMED' : 'NONE',
              payer: { kind: 'CALLER_KEY' },
            },
          },
        },
      });
    },
  );
});
