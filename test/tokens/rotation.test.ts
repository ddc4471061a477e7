import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, type TestGateway } from '../http/start-gateway.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { startTenant, type Tenant } from './setup.js';

let tenant: Tenant;
let beside: TestGateway;
let nowMs = Date.parse('2026-11-29T08:00:00Z');
const clock = { now: () => new Date(nowMs) };
beforeAll(async () => {
  tenant = await startTenant({ clock });
  beside = await tenant.gateway.startBeside();
});
afterAll(async () => {
  await beside.close();
  await tenant.gateway.close();
});

type Changed = {
  token: { previousSecretEndsAt: string | null; hint: string; expiresAt: string | null } | null;
  secret: string | null;
  userErrors: { code: string; message: string; field: string[] | null }[];
};
const rotate = async (id: string, overlapSeconds: number): Promise<Changed> =>
  dataOf(
    await tenant.gateway.post(
      `mutation M($id: ID!, $overlapSeconds: Int) { rotateToken(id: $id, overlapSeconds: $overlapSeconds) {
        token { previousSecretEndsAt hint expiresAt } secret userErrors { code message field } } }`,
      { id, overlapSeconds },
    ),
    'rotateToken',
  );
const update = async (input: object): Promise<Changed> =>
  dataOf(
    await tenant.gateway.post(
      `mutation M($input: UpdateTokenInput!) { updateToken(input: $input) {
        token { previousSecretEndsAt hint expiresAt } userErrors { code message field } } }`,
      { input },
    ),
    'updateToken',
  );

/** The statuses of both instances on every surface that takes a token. */
const statusesOf = (secret: string): Promise<number[]> =>
  Promise.all(
    [tenant.gateway, beside].flatMap(({ url }) =>
      [
        new Request(`${url}/graphql?query={viewer{role}}`),
        new Request(`${url}/export/entries.csv`),
        new Request(`${url}/metrics`),
      ].map(async (request) => {
        request.headers.set('authorization', `Bearer ${secret}`);
        const response = await fetch(request);
        await response.text();
        return response.status;
      }),
    ),
  );
const valid = [200, 200, 200, 200, 200, 200];
const refused = [401, 401, 401, 401, 401, 401];
const eventually = { timeout: 10_000 };

const problem = async (id: string) => (await rotate(id, 0)).userErrors[0];

describe('a rotated token', () => {
  it('has two valid secrets until the overlap ends, on every surface and instance', async () => {
    const { id, secret: first } = await tenant.create({ workflow: 'kept' });
    expect(await statusesOf(first)).toEqual(valid);
    const { secret, token, userErrors } = await rotate(id, 3_600);
    expect(userErrors).toEqual([]);
    expect(token).toMatchObject({
      previousSecretEndsAt: new Date(nowMs + 3_600_000).toISOString(),
      hint: secret?.slice(-4),
    });
    const second = secret ?? '';
    expect(await statusesOf(second)).toEqual(valid);
    expect(await statusesOf(first)).toEqual(valid);
    const viewer = '{ viewer { token { id workflow previousSecretEndsAt } } }';
    const [old, present] = await Promise.all([first, second].map((one) => tenant.as(one)(viewer)));
    expect(old?.body.data).toEqual(present?.body.data);
    expect(present?.body.data).toMatchObject({ viewer: { token: { id, workflow: 'kept' } } });

    nowMs += 3_600_000;
    // The rotation itself may reach an instance half a second late.
    await expect.poll(() => statusesOf(first), eventually).toEqual(refused);
    expect(await statusesOf(second)).toEqual(valid);
  });

  it('has one secret when the overlap is 0', async () => {
    const { id, secret: first } = await tenant.create({});
    const { secret, token } = await rotate(id, 0);
    expect(token).toMatchObject({ previousSecretEndsAt: null });
    await expect.poll(() => statusesOf(first), eventually).toEqual(refused);
    expect(await statusesOf(secret ?? '')).toEqual(valid);
  });

  it('ends the earlier overlap when it is rotated again', async () => {
    const { id, secret: first } = await tenant.create({});
    const second = (await rotate(id, 3_600)).secret ?? '';
    const third = (await rotate(id, 3_600)).secret ?? '';
    await expect.poll(() => statusesOf(first), eventually).toEqual(refused);
    expect(await statusesOf(second)).toEqual(valid);
    expect(await statusesOf(third)).toEqual(valid);
  });

  it('loses both secrets when it is revoked or expires', async () => {
    const revoked = await tenant.create({});
    const secrets = [revoked.secret, (await rotate(revoked.id, 3_600)).secret ?? ''];
    await tenant.gateway.post('mutation M($id: ID!) { revokeToken(id: $id) { token { id } } }', {
      id: revoked.id,
    });
    for (const secret of secrets) await expect.poll(() => statusesOf(secret), eventually).toEqual(refused);

    const expiring = await tenant.create({ expiresAt: new Date(nowMs + 60_000).toISOString() });
    const next = (await rotate(expiring.id, 3_600)).secret ?? '';
    expect(await statusesOf(next)).toEqual(valid);
    nowMs += 60_000;
    expect(await statusesOf(expiring.secret)).toEqual(refused);
    expect(await statusesOf(next)).toEqual(refused);
  });

  it.each([-1, 604_801])('refuses an overlap of %i seconds', async (overlapSeconds) => {
    const { id, secret } = await tenant.create({});
    expect(await rotate(id, overlapSeconds)).toMatchObject({
      secret: null,
      userErrors: [{ code: 'INVALID_INPUT', field: ['overlapSeconds'] }],
    });
    expect(await statusesOf(secret)).toEqual(valid);
  });

  it('is refused when it is revoked, expired, unknown, or the bootstrap token', async () => {
    const revoked = await tenant.create({});
    await tenant.gateway.post('mutation M($id: ID!) { revokeToken(id: $id) { token { id } } }', {
      id: revoked.id,
    });
    const expired = await tenant.create({ expiresAt: new Date(nowMs + 1_000).toISOString() });
    nowMs += 1_000;
    const { token } = dataOf<{ token: { id: string } }>(
      await tenant.gateway.post('{ viewer { token { id } } }'),
      'viewer',
    );
    expect(await problem(revoked.id)).toMatchObject({ code: 'INVALID_INPUT', field: ['id'] });
    expect(await problem(expired.id)).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('updateToken'),
    });
    expect(await problem('tok_unknown')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await problem(token.id)).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('GATEWAY_BOOTSTRAP_TOKEN'),
    });
    expect((await update({ id: token.id, name: 'other' })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT' },
    ]);
  });

  it('keeps one valid secret besides the last overlap when it is rotated many times at once', async () => {
    const { id } = await tenant.create({});
    const rotated = await Promise.all(Array.from({ length: 8 }, () => rotate(id, 3_600)));
    const secrets = rotated.map(({ secret }) => secret ?? '');
    await expect
      .poll(async () => {
        const statuses = await Promise.all(secrets.map(statusesOf));
        return statuses.filter(([status]) => status === 200).length;
      }, eventually)
      .toBe(2);
  });
});

describe('the expiry of a token', () => {
  it('is refused at once on every instance, and a later one makes the token valid again', async () => {
    const { id, secret } = await tenant.create({ expiresAt: new Date(nowMs + 60_000).toISOString() });
    expect(await statusesOf(secret)).toEqual(valid);
    nowMs += 60_000;
    expect(await statusesOf(secret)).toEqual(refused);
    const expiresAt = new Date(nowMs + 60_000).toISOString();
    expect((await update({ id, expiresAt })).token).toMatchObject({ expiresAt });
    await expect.poll(() => statusesOf(secret), eventually).toEqual(valid);
    expect((await update({ id, expiresAt: null })).token).toMatchObject({ expiresAt: null });
    await expect
      .poll(async () => {
        nowMs += 60_000;
        return statusesOf(secret);
      }, eventually)
      .toEqual(valid);
    expect((await update({ id, expiresAt: '2020-01-01T00:00:00Z' })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['expiresAt'] },
    ]);
  });
});

it('stores neither secret of a rotated token, in any encoding', async () => {
  const { id, secret } = await tenant.create({});
  const next = (await rotate(id, 3_600)).secret ?? '';
  const dump = await dumpTables(tenant.gateway.context.database);
  for (const face of [secret, next].flatMap(facesOf)) expect(dump).not.toContain(face);
  for (const one of [secret, next]) expect(tenant.gateway.logged()).not.toContain(one);
});
