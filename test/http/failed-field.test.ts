import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sampleCompanies } from '../../src/sandbox/samples.js';
import { beside, entryCount, fresh, gateway, named, useTwoInstances } from './idempotency-setup.js';

useTwoInstances();

const twoOfFresh = async () => ({
  by: sampleCompanies.slice(0, 2).map(({ domain }) => ({ domain })),
  options: { connection: await fresh() },
});

describe('a lookup beside a field that fails', () => {
  const failing = `query LookUp($by: [CompanyKey!]!, $options: LookupOptions) {
    companies(by: $by, options: $options) { outcome company { id } }
    entries(first: 0) { nodes { id } }
  }`;

  it('is in the credits of the response, which has its error', async () => {
    const entries = await entryCount();
    const { body } = await gateway.post(failing, await twoOfFresh());
    expect(body.errors?.[0]).toMatchObject({ path: ['entries'], extensions: { code: 'BAD_REQUEST' } });
    expect(body.data).toBeNull();
    expect(body.extensions?.credits).toEqual({ charged: 2, saved: 0, reserved: 0 });
    expect(await entryCount()).toBe(entries + 2);
  });

  it('is not looked up again when the request is repeated under its key, from any instance', async () => {
    const key = named(randomUUID());
    const variables = await twoOfFresh();
    await gateway.post(failing, variables, key);
    const entries = await entryCount();
    for (const instance of [gateway, beside]) {
      const { body } = await instance.post(failing, variables, key);
      expect(body.errors?.[0]?.message).toContain('after some of its lookups had spent credits');
      expect(body.extensions?.credits).toEqual({ charged: 2, saved: 0, reserved: 0 });
    }
    expect(await entryCount()).toBe(entries);
  });
});
