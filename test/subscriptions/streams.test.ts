import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/tokens/create-token.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { nothingOpen, raiseAlert, subscribe, untilNothingIsOpen } from './subscribe.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { SUBSCRIPTIONS_PER_TOKEN_MAX: '2' } });
});
afterAll(() => gateway.close());

const alerts = 'subscription { alerts { id event } }';
const state = () => gateway.context.subscriptions.state();
afterEach(() => untilNothingIsOpen(gateway));

/** A token of its own, so that the streams of other tests do not count. */
const newToken = async (rest: object = {}) => {
  const admin = await gateway.context.findCaller(gateway.token);
  return await createToken(gateway.context, admin, { name: 'stream', role: 'VIEWER', ...rest });
};

it('streams what happens in the protocol of graphql-sse, over POST and GET', async () => {
  const [post, get] = await Promise.all([
    subscribe(gateway, alerts),
    subscribe(gateway, alerts, { method: 'GET' }),
  ]);
  for (const { status, headers, text } of [post, get]) {
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/event-stream');
    expect(headers.get('cache-control')).toContain('no-cache');
    expect(headers.get('x-accel-buffering')).toBe('no');
    // The first bytes are a comment, so that clients see the response at once.
    await expect.poll(text).toMatch(/^:\n\n/);
  }
  const id = await raiseAlert(gateway);
  for (const { until, disconnect, ended } of [post, get]) {
    expect(await until(1)).toEqual([{ data: { alerts: { id, event: 'PROVIDER_UNAVAILABLE' } } }]);
    disconnect();
    expect(await ended).toBe('BROKEN');
  }
});

it('goes on after the last alert that a client has, when it connects again', async () => {
  const first = await raiseAlert(gateway);
  const second = await raiseAlert(gateway);
  const third = await raiseAlert(gateway);
  const stream = await subscribe(gateway, 'subscription S($after: ID) { alerts(after: $after) { id } }', {
    variables: { after: first },
  });
  await stream.until(2);
  const fourth = await raiseAlert(gateway);
  const events = await stream.until(3);
  expect(events.map(({ data }) => data?.['alerts'])).toEqual([second, third, fourth].map((id) => ({ id })));
  stream.disconnect();
  const wrong = await subscribe(gateway, 'subscription { alerts(after: "alr_x") { id } }');
  expect(await wrong.ended).toBe('COMPLETE');
  expect(wrong.events[0]?.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
});

describe('refuses', () => {
  it.each([
    ['a request that takes no stream', alerts, 406, 'BAD_REQUEST', 'application/json'],
    ['an unknown field', 'subscription { unknown }', 200, 'BAD_REQUEST', undefined],
    ['two fields', `subscription { alerts { id } usage { to } }`, 200, 'BAD_REQUEST', undefined],
    [
      'too much at once',
      `subscription { alerts { id ${Array.from({ length: 700 }, (_, at) => `a${at}: deliveries { lastError b: lastError c: lastError d: lastError e: lastError f: lastError g: lastError h: lastError i: lastError }`).join(' ')} } }`,
      400,
      'LIMIT_EXCEEDED',
      undefined,
    ],
  ])('%s', async (_, query, status, code, accept) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        accept: accept ?? 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${gateway.token}`,
      },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(text).toContain(`"code":"${code}"`);
  });

  it('a token that does not exist, and one whose scope is a part of the workspace', async () => {
    const unknown = await subscribe(gateway, alerts, { token: `fgw_${'A'.repeat(43)}` });
    expect(unknown.status).toBe(401);
    await unknown.ended;
    const { secret } = await newToken({ role: 'MEMBER', scopes: { operations: ['COMPANY'] } });
    for (const query of [alerts, 'subscription { usage { to } }']) {
      const confined = await subscribe(gateway, query, { token: secret });
      expect(await confined.ended).toBe('COMPLETE');
      expect(confined.events[0]?.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  it.each([
    ['a period that ends before it starts', 'from: "2026-12-01", to: "2026-11-01"'],
    ['a chargeback by day', 'groupBy: [DAY], chargeback: true'],
  ])('usage of %s, and ends the stream', async (_, args) => {
    const wrong = await subscribe(gateway, `subscription { usage(${args}) { totals { lookups } } }`);
    expect(await wrong.ended).toBe('COMPLETE');
    expect(wrong.events).toMatchObject([{ errors: [{ extensions: { code: 'BAD_REQUEST' } }] }]);
  });

  it('more streams of a token than it may have, until one has ended', async () => {
    const { secret } = await newToken();
    const open = () => subscribe(gateway, alerts, { token: secret });
    const [first, second] = [await open(), await open()];
    const third = await open();
    expect(await third.ended).toBe('COMPLETE');
    expect(third.events[0]?.errors?.[0]).toMatchObject({
      message: expect.stringContaining('2 subscriptions'),
      extensions: { code: 'LIMIT_EXCEEDED' },
    });
    first.disconnect();
    await expect.poll(() => state().streams).toBe(1);
    const again = await open();
    const id = await raiseAlert(gateway);
    expect(await again.until(1)).toEqual([{ data: { alerts: { id, event: 'PROVIDER_UNAVAILABLE' } } }]);
    second.disconnect();
    again.disconnect();
  });
});

it('counts opening a stream as a request of the limit of the token', async () => {
  const { secret } = await newToken({ limits: { requestsPerSecond: 1 } });
  const opened = await Promise.all(
    Array.from({ length: 4 }, () => subscribe(gateway, alerts, { token: secret })),
  );
  expect(opened.map(({ status }) => status)).toContain(429);
  for (const { disconnect } of opened) disconnect();
});

it('ends a stream with an error soon after its token is revoked or its scopes change', async () => {
  const opened = await Promise.all(
    [1, 2].map(async () => {
      const { token, secret } = await newToken({ role: 'MEMBER' });
      return { id: `tok_${token.id}`, secret, stream: await subscribe(gateway, alerts, { token: secret }) };
    }),
  );
  const [revoked, changed] = opened.map(({ id }) => id);
  const mutation = `mutation M($revoked: ID!, $changed: ID!) {
    revokeToken(id: $revoked) { token { id } }
    updateToken(input: { id: $changed, scopes: { spend: false } }) { userErrors { message } }
  }`;
  const done = await gateway.post(mutation, { revoked, changed });
  expect(done.body.data?.['updateToken']).toEqual({ userErrors: [] });
  const codes = await Promise.all(
    opened.map(async ({ stream: { ended, events, text }, secret }) => {
      expect(await ended).toBe('COMPLETE');
      expect(text()).not.toContain(secret);
      return events.map(({ errors }) => errors?.[0]?.extensions.code);
    }),
  );
  expect(codes).toEqual([['UNAUTHENTICATED'], ['FORBIDDEN']]);
});

it('shows how many are open in the metrics', async () => {
  const headers = { authorization: `Bearer ${gateway.token}` };
  const open = async () => {
    const text = await (await fetch(`${gateway.url}/metrics`, { headers })).text();
    return /^firmable_gateway_subscriptions_open (\d+)$/m.exec(text)?.[1];
  };
  const stream = await subscribe(gateway, alerts);
  expect(await open()).toBe('1');
  stream.disconnect();
  await expect.poll(open).toBe('0');
});

it('cuts its streams without completing them when it stops, and opens no more', async () => {
  const other = await gateway.startBeside();
  const [kept, cut] = [await subscribe(gateway, alerts), await subscribe(other, alerts)];
  await other.close();
  expect(await cut.ended).toBe('CUT');
  expect(other.context.subscriptions.state()).toEqual(nothingOpen);
  // Another instance goes on.
  await raiseAlert(gateway);
  expect(await kept.until(1)).toHaveLength(1);
  kept.disconnect();
});
