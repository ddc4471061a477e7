import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/errors.js';
import { claimRequest } from '../../src/idempotency/claim.js';
import {
  age,
  beside,
  codesOf,
  connectionsNamed,
  create,
  failing,
  gateway,
  named,
  useTwoInstances,
} from './idempotency-setup.js';
import { dataOf } from './start-gateway.js';

useTwoInstances();

describe('a mutation that failed', () => {
  it.each([
    ['UNAVAILABLE', () => new GatewayError('UNAVAILABLE', 'Away: try again.')],
    ['INTERNAL', () => new Error('a bug')],
  ])('runs again under the same key when it failed with %s before any change', async (code, fault) => {
    const key = named(randomUUID());
    const name = `failed ${code}`;
    const instance = await failing(fault);
    expect(codesOf(await instance.post(create, { name }, key))).toEqual([code]);
    expect(codesOf(await instance.post(create, { name }, key))).toEqual([code]);
    instance.fix();
    const repeated = await instance.post(create, { name }, key);
    expect(dataOf(repeated, 'createConnection')).toMatchObject({ connection: { name } });
    expect((await gateway.post(create, { name }, key)).body).toEqual(repeated.body);
    await instance.close();
  });

  it('does not run again, and reports that, when some of its changes were made', async () => {
    const key = named(randomUUID());
    const instance = await failing(() => new GatewayError('UNAVAILABLE', 'Away: try again.'));
    const two = `mutation {
      made: createConnection(input: { provider: FIRMABLE, name: "half 1", key: "fbl_sandbox_half", verify: false }) { connection { id } }
      lost: createConnection(input: { provider: FIRMABLE, name: "half 2", key: "fbl_sandbox_half" }) { connection { id } } }`;
    expect(codesOf(await instance.post(two, {}, key))).toEqual(['UNAVAILABLE']);
    instance.fix();
    const again = await instance.post(two, {}, key);
    expect(codesOf(again)).toEqual(['BAD_REQUEST']);
    expect(again.body.errors?.[0]?.message).toMatch(/some of its changes may have been made/);
    expect(await connectionsNamed('half')).toBe(1);
    await instance.close();
  });

  it('leaves the key unused when the operation cannot run', async () => {
    const key = named(randomUUID());
    expect(codesOf(await gateway.post(create, {}, key))).toEqual(['BAD_REQUEST']);
    const good = await gateway.post(create, { name: 'corrected' }, key);
    expect(dataOf(good, 'createConnection')).toMatchObject({ connection: { name: 'corrected' } });
  });
});

describe('time', () => {
  it('keeps a stored response when the lease of its run is over', async () => {
    const key = named(randomUUID());
    const first = await gateway.post(create, { name: 'lease' }, key);
    await age('lease_ends_at');
    expect((await beside.post(create, { name: 'lease' }, key)).body).toEqual(first.body);
  });

  it('forgets a key when it is 24 hours old', async () => {
    const key = named(randomUUID());
    await gateway.post(create, { name: 'day' }, key);
    await age('expires_at');
    const later = await gateway.post(create, { name: 'day' }, key);
    expect(dataOf(later, 'createConnection')).toMatchObject({ userErrors: [{ code: 'NAME_TAKEN' }] });
    await age('expires_at');
    const other = await gateway.post(create, { name: 'next day' }, key);
    expect(dataOf(other, 'createConnection')).toMatchObject({ connection: { name: 'next day' } });
  });

  it('runs again when a gateway crashed, its lease is over, and the request is the same', async () => {
    const { context } = gateway;
    const { workspaceId, tokenId } = await context.findCaller(gateway.token);
    const key = randomUUID();
    const request = [create, null, { name: 'died' }];
    const claim = await claimRequest(context.database, {
      workspaceId,
      tokenId,
      keyFingerprint: await context.vault.fingerprint('idempotency key', key),
      requestFingerprint: await context.vault.fingerprint('idempotent request', JSON.stringify(request)),
      returnsRecords: false,
    });
    expect(claim).not.toBeNull();
    expect(codesOf(await beside.post(create, { name: 'other' }, named(key)))).toEqual(['BAD_REQUEST']);
    let ended = false;
    const waiting = beside.post(create, { name: 'died' }, named(key)).finally(() => {
      ended = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(ended).toBe(false);
    await age('lease_ends_at');
    expect(codesOf(await gateway.post(create, { name: 'other' }, named(key)))).toEqual(['BAD_REQUEST']);
    expect(dataOf(await waiting, 'createConnection')).toMatchObject({ connection: { name: 'died' } });
  });
});
