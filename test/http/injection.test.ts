import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from './send-raw.js';
import { startGateway, type TestGateway } from './start-gateway.js';
import { head, json } from './written-requests.js';

const origin = 'https://app.example.com';
let fast: TestGateway;
let plain: TestGateway;
beforeAll(async () => {
  const env = { TRUSTED_PROXIES: '127.0.0.1', ALLOWED_ORIGINS: origin };
  [fast, plain] = await Promise.all([
    startGateway({ env, logLevel: 'debug' }),
    startGateway({ env, logLevel: 'debug', fastPath: false }),
  ]);
});
afterAll(() => Promise.all([fast.close(), plain.close()]));

/** What ends a header or a line somewhere, as latin1 bytes. */
const payloads: readonly (readonly [string, string])[] = [
  ['an escaped line break', 'a%0d%0ax-injected: 1'],
  ['a bare line feed', 'a\nx-injected: 1'],
  ['a bare carriage return', 'a\rx-injected: 1'],
  ['a folded line', 'a\r\n x-injected: 1'],
  ['a line separator', Buffer.from('a\u2028{"level":60,"msg":"injected"}').toString('latin1')],
  ['next line in Latin-1', 'a\u0085{"level":60,"msg":"injected"}'],
  ['the end of a JSON line', '"}\\n{"level":60,"msg":"injected"}'],
  ['a terminal sequence', 'a\u001b[2J\u001b]0;injected\u0007'],
  ['NUL', 'a\u0000x-injected: 1'],
  ['a label of a metric', '"} 1\\nfgw_injected_total{a="'],
  ['a template', '${jndi:ldap://injected/a} %s %x <script>injected</script>'],
  ['text from right to left', Buffer.from('a\u202e{"injected"}').toString('latin1')],
];
const headers = [
  'x-request-id',
  'x-forwarded-for',
  'forwarded',
  'user-agent',
  'origin',
  'x-workflow',
  'idempotency-key',
  'authorization',
  'accept',
  'content-type',
  'x-max-credits',
  'traceparent',
];
const known = new Set([
  'access-control-allow-origin',
  'access-control-expose-headers',
  'accept',
  'allow',
  'cache-control',
  'connection',
  'content-length',
  'content-security-policy',
  'content-type',
  'cross-origin-resource-policy',
  'date',
  'keep-alive',
  'referrer-policy',
  'retry-after',
  'transfer-encoding',
  'vary',
  'www-authenticate',
  'x-content-type-options',
  'x-frame-options',
  'x-request-id',
]);

const body = {
  query: 'query Q($id: ID!) { viewer { role } connection(id: $id) { id } }',
  variables: { id: 'x' },
};

/**
 * Sends requests, and returns what of them got where it must not: into headers, into lines of the log of their own, or into
 * the metrics.
 */
const faultsAfter = async ({ url, token, logged }: TestGateway, requests: readonly Buffer[]) => {
  const faults: string[] = [];
  for (const bytes of requests) {
    const text = bytes.toString('latin1').replaceAll('{token}', token);
    const answers = await sendRaw(url, { pieces: [Buffer.from(text, 'latin1')] });
    if (answers.length !== 1) faults.push(`${answers.length} responses to ${text}`);
    for (const { status, headers: sent } of answers) {
      if (!(status < 500)) faults.push(`status ${status} of ${text}`);
      for (const [name, value] of Object.entries(sent))
        if (!known.has(name) || value.includes('injected')) faults.push(`${name}: ${value}`);
    }
  }
  for (const line of logged().split('\n').slice(0, -1)) {
    const event: { level?: unknown; msg?: unknown } = JSON.parse(line);
    const isPlain = typeof event.level === 'number' && event.level < 60 && event.msg !== 'injected';
    if (!isPlain || /[\p{Cc}\u2028\u2029\u202e]/u.test(line)) faults.push(line);
  }
  const metrics = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  if ((await metrics.text()).includes('injected')) faults.push('a metric');
  return faults;
};

const bothOf = (requests: readonly Buffer[]): Promise<string[][]> =>
  Promise.all([fast, plain].map((to) => faultsAfter(to, requests)));

describe('stays out of headers, lines of the log and metrics:', () => {
  it.each(payloads)('%s in a header', async (_, payload) => {
    const requests = headers.map((name) => json(body, { headers: { [name]: payload } }));
    expect(await bothOf(requests)).toEqual([[], []]);
  });

  // With a bare line feed it would be a request of HTTP/0.9, whose response has no headers.
  it.each(payloads.filter(([, payload]) => !payload.includes('\n')))(
    '%s in the target',
    async (_, payload) => {
      const targets = [`/${payload}`, `/graphql?query=${payload}`, `/export/${payload}.csv`];
      const requests = [...targets, `http://${payload}/graphql`].map((target) =>
        Buffer.from(head(null, { method: 'GET', target }), 'latin1'),
      );
      expect(await bothOf(requests)).toEqual([[], []]);
    },
  );

  it.each(payloads)('%s in the body', async (_, payload) => {
    const requests = [
      { ...body, variables: { id: payload } },
      { ...body, operationName: payload },
      { query: payload },
      { query: `mutation { revokeToken(id: ${JSON.stringify(payload)}) { userErrors { message } } }` },
      { extensions: { persistedQuery: { version: 1, sha256Hash: payload } } },
      { documentId: payload },
      { ...body, [payload]: 1 },
    ];
    expect(await bothOf(requests.map((params) => json(params)))).toEqual([[], []]);
  });
});
