import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { assignClientAddress, clientAddressOf } from '../../src/http/client-address.js';
import { sendRaw } from './send-raw.js';
import { startGateway, type TestGateway } from './start-gateway.js';

const trusted = '127.0.0.1, 10.0.0.0/8, 2001:db8:aa::/48';

/** The address that the gateway takes for the client's, with `TRUSTED_PROXIES`, when it gets these lines of headers. */
const addressWith = async (proxies: string, lines: readonly string[], host = '127.0.0.1') => {
  const { trustedProxies } = readConfig({ TRUSTED_PROXIES: proxies });
  const server = createServer((request, response) => {
    assignClientAddress(request, trustedProxies);
    response.end(clientAddressOf(request));
  }).listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const head = ['GET / HTTP/1.1', 'host: x', 'connection: close', ...lines].join('\r\n');
  const url = `http://${host.includes(':') ? '127.0.0.1' : host}:${address.port}`;
  const [answer] = await sendRaw(url, { pieces: [`${head}\r\n\r\n`] });
  server.close();
  return answer?.body;
};

describe('reads the address of the client from the right', () => {
  it.each<[string, string[], string]>([
    ['the one before a proxy', ['x-forwarded-for: 198.51.100.7'], '198.51.100.7'],
    ['not what the client wrote', ['x-forwarded-for: 1.2.3.4, 198.51.100.7'], '198.51.100.7'],
    [
      'past each trusted proxy',
      ['x-forwarded-for: 1.2.3.4, 198.51.100.7, 10.9.9.9, 10.1.1.1'],
      '198.51.100.7',
    ],
    ['in several lines', ['x-forwarded-for: 1.2.3.4', 'x-forwarded-for: 198.51.100.7'], '198.51.100.7'],
    ['the farthest proxy, if all are trusted', ['x-forwarded-for: 10.0.0.1, 10.0.0.2'], '10.0.0.1'],
    ['with a port', ['x-forwarded-for: 198.51.100.7:50123'], '198.51.100.7'],
    ['IPv6', ['x-forwarded-for: 2001:DB8:0:0::7, 2001:db8:aa::1'], '2001:db8::7'],
    ['IPv6 with a port', ['x-forwarded-for: [2001:db8::7]:443'], '2001:db8::7'],
    ['IPv4 in IPv6', ['x-forwarded-for: ::ffff:198.51.100.7, ::FFFF:10.0.0.1'], '198.51.100.7'],
    ['without a zone', ['x-forwarded-for: fe80::7%eth0'], 'fe80::7'],
    ['empty elements', ['x-forwarded-for: , 198.51.100.7, ,'], '198.51.100.7'],
    ['Forwarded', ['forwarded: for=1.2.3.4, for=198.51.100.7;proto=https;by=10.0.0.1'], '198.51.100.7'],
    ['Forwarded, quoted', ['forwarded: proto=https; For="[2001:db8::7]:4711"'], '2001:db8::7'],
    ['an open quote of the client', ['forwarded: for="1.2.3.4, for=198.51.100.7'], '198.51.100.7'],
    [
      'X-Forwarded-For before Forwarded',
      ['forwarded: for=1.2.3.4', 'x-forwarded-for: 198.51.100.7'],
      '198.51.100.7',
    ],
  ])('%s', async (_, lines, expected) => {
    expect(await addressWith(trusted, lines)).toBe(expected);
  });
});

describe('keeps the nearest known address', () => {
  it.each<[string, string[], string]>([
    ['without headers', [], '127.0.0.1'],
    ['when the client is unknown', ['x-forwarded-for: unknown, 10.0.0.1'], '10.0.0.1'],
    ['when it is obfuscated', ['forwarded: for=_hidden'], '127.0.0.1'],
    ['when it is a name', ['x-forwarded-for: localhost'], '127.0.0.1'],
    ['when it is hostile', ['x-forwarded-for: 198.51.100.7"}\\n{"level":50'], '127.0.0.1'],
    ['when it has no for', ['forwarded: by=198.51.100.7;host=a;xfor=1.2.3.4'], '127.0.0.1'],
    ['when it is not decimal', ['x-forwarded-for: 0x7f.1, 010.0.0.1'], '127.0.0.1'],
    ['when another header names one', ['x-real-ip: 1.2.3.4', 'true-client-ip: 1.2.3.4'], '127.0.0.1'],
  ])('%s', async (_, lines, expected) => {
    expect(await addressWith(trusted, lines)).toBe(expected);
  });

  it.each<[string, string]>([
    ['no proxy is trusted', ''],
    ['the one that connects is not trusted', '10.0.0.0/8, 127.0.0.2, ::1'],
  ])('when %s', async (_, proxies) => {
    expect(await addressWith(proxies, ['x-forwarded-for: 198.51.100.7, 10.0.0.1'])).toBe('127.0.0.1');
  });

  it('when IPv4 connects to an IPv6 socket', async () => {
    expect(await addressWith('', [], '::')).toBe('127.0.0.1');
    expect(await addressWith('127.0.0.0/8', ['x-forwarded-for: 198.51.100.7'], '::')).toBe('198.51.100.7');
  });
});

const refusals = ({ logged }: TestGateway) =>
  logged()
    .split('\n')
    .filter((line) => line.includes('"token refused"'))
    .map((line): { remoteAddress: string } => JSON.parse(line));

describe('the log and the audit log', () => {
  let behind: TestGateway;
  let direct: TestGateway;
  beforeAll(async () => {
    [behind, direct] = await Promise.all([
      startGateway({ env: { TRUSTED_PROXIES: '127.0.0.0/8' } }),
      startGateway(),
    ]);
  });
  afterAll(() => Promise.all([behind.close(), direct.close()]));

  it('have the address of the client of a refused token when a trusted proxy forwards it', async () => {
    for (const path of ['/graphql', '/export/entries.csv', '/metrics'])
      await fetch(`${behind.url}${path}`, { headers: { 'x-forwarded-for': '1.2.3.4, 198.51.100.7' } });
    expect(refusals(behind).map(({ remoteAddress }) => remoteAddress)).toEqual(Array(3).fill('198.51.100.7'));
  });

  it('have a limit of lines that no client avoids by writing other addresses', async () => {
    for (let count = 0; count < 40; count += 1)
      await fetch(`${direct.url}/metrics`, { headers: { 'x-forwarded-for': `198.51.100.${count}` } });
    expect(refusals(direct).length).toBeLessThanOrEqual(10);
    expect(direct.logged()).not.toContain('198.51.100.');
  });

  it.each<[string, () => TestGateway, string]>([
    ['the client when a trusted proxy forwards it', () => behind, '198.51.100.7'],
    ['the one that connects when no proxy is trusted', () => direct, '127.0.0.1'],
  ])('name %s of a change', async (_, find, expected) => {
    const gateway = find();
    await gateway.post(
      'mutation { createToken(input: { name: "forwarded", role: VIEWER }) { secret userErrors { code } } }',
      {},
      { 'x-forwarded-for': '1.2.3.4, 198.51.100.7', forwarded: 'for=5.6.7.8' },
    );
    const { body } = await gateway.post(
      '{ auditLog(first: 1, filter: { action: "token.create" }) { nodes { remoteAddress } } }',
    );
    expect(body.data).toEqual({ auditLog: { nodes: [{ remoteAddress: expected }] } });
  });
});
