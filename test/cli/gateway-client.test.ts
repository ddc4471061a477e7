import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openClient } from '../../src/cli/gateway-client.js';
import { makeFolder } from '../support/gateway.js';

const token = `fgw_${'canary'.repeat(6)}`;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type Server = ReturnType<typeof createServer> | ReturnType<typeof createTlsServer>;

const listen = (server: Server, scheme = 'http'): Promise<string> =>
  new Promise((resolve) => {
    closing.push(() => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : null;
      resolve(`${scheme}://127.0.0.1:${port}`);
    });
  });

const serve = (listener: RequestListener): Promise<string> => listen(createServer(listener));

const clientOf = async (url: string) => {
  const client = await openClient({ FIRMABLE_GATEWAY_URL: url, FIRMABLE_GATEWAY_TOKEN: token });
  closing.push(client.close);
  return client;
};

/** The code and message that a query fails with. */
const faultOf = async (url: string): Promise<string> => {
  const client = await clientOf(url);
  return await client.query('{ viewer { role } }', {}, { retryMs: 0 }).then(
    () => 'none',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );
};

const answer =
  (status: number, type: string, body: string, headers = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  };

describe('a client says what is wrong, without its token, when', () => {
  it.each([
    [
      'a page answers',
      answer(200, 'text/html', '<html>'),
      /^BAD_REQUEST: There is no firmable-gateway at .*an HTML page/,
    ],
    [
      'another API answers',
      answer(200, 'application/json', '{"ok":true}'),
      /^BAD_REQUEST: There is no firmable-gateway/,
    ],
    [
      'the path is wrong',
      answer(404, 'application/json', '{"error":"Not found"}'),
      /^BAD_REQUEST: .*status 404/,
    ],
    ['a proxy has no gateway', answer(502, 'text/html', 'bad gateway'), /^UNAVAILABLE: .*status 502/],
    ['the token is echoed', answer(200, 'text/plain', token), /^BAD_REQUEST: There is no firmable-gateway/],
    [
      'the gateway is older',
      answer(
        400,
        'application/json',
        '{"errors":[{"message":"Cannot query field \\"jobs\\" on type \\"Query\\"."}]}',
      ),
      /another version/,
    ],
    [
      'the role may not',
      answer(200, 'application/json', '{"errors":[{"message":"no","extensions":{"code":"FORBIDDEN"}}]}'),
      /^FORBIDDEN: no$/,
    ],
    ['the connection breaks', (request) => request.socket.destroy(), /^UNAVAILABLE: .*closed the connection/],
  ] satisfies [string, RequestListener, RegExp][])('%s', async (_, listener, fault) => {
    const said = await faultOf(await serve(listener));
    expect(said).toMatch(fault);
    expect(said).not.toContain(token);
  });

  it('nothing listens, the host is unknown, or TLS is spoken on one side only', async () => {
    expect(await faultOf('http://127.0.0.1:1')).toMatch(/^UNAVAILABLE: .*cannot be reached/);
    expect(await faultOf('http://gateway.invalid')).toMatch(
      /^UNAVAILABLE: .*gateway\.invalid.* is not known/,
    );
    const url = await serve(answer(200, 'text/html', ''));
    expect(await faultOf(url.replace('http:', 'https:'))).toMatch(/does not speak TLS/);
  });

  it('the certificate is not trusted', async () => {
    const { folder, remove } = makeFolder();
    closing.push(remove);
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name));
    const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost`;
    execFileSync('openssl', [...words.split(' '), '-keyout', key ?? '', '-out', cert ?? ''], {
      stdio: 'ignore',
    });
    const files = { key: readFileSync(key ?? ''), cert: readFileSync(cert ?? '') };
    const url = await listen(createTlsServer(files, answer(200, 'text/html', '')), 'https');
    expect(await faultOf(url)).toMatch(/^UNAVAILABLE: .*was not accepted .*NODE_EXTRA_CA_CERTS/);
  });

  it.each([
    ['no address', {}, 'FIRMABLE_GATEWAY_URL is not set'],
    ['no web address', { FIRMABLE_GATEWAY_URL: 'gateway:4000' }, 'not an http or https address'],
    [
      'a password',
      { FIRMABLE_GATEWAY_URL: 'https://u:canary@gateway.example' },
      'has a user name or password',
    ],
    ['no token', { FIRMABLE_GATEWAY_URL: 'http://a.example' }, 'FIRMABLE_GATEWAY_TOKEN is not set'],
    [
      'a key',
      { FIRMABLE_GATEWAY_URL: 'http://a.example', FIRMABLE_GATEWAY_TOKEN: 'fbl_canary' },
      'begins with fgw_',
    ],
  ])('the environment has %s', async (_, env, said) => {
    const fault = await openClient(env).catch((error: unknown) => String(error));
    expect(fault).toContain(said);
    expect(fault).not.toContain('canary');
  });
});

it('follows no redirect, so that another host never gets the token', async () => {
  let reached = 0;
  const elsewhere = await serve((_request, response) => {
    reached += 1;
    response.end();
  });
  const url = await serve((_request, response) =>
    response.writeHead(307, { location: `${elsewhere}/graphql?secret` }).end(),
  );
  expect(await faultOf(url)).toContain(`redirects to ${elsewhere}, and the token is not sent there`);
  expect(reached).toBe(0);
});

it('sends a change again under the same Idempotency-Key when its answer is lost', async () => {
  const keys: unknown[] = [];
  const url = await serve((request, response) => {
    keys.push(request.headers['idempotency-key']);
    if (keys.length === 1) request.socket.destroy();
    else if (keys.length === 2)
      response.writeHead(503, { 'retry-after': '0' }).end('{"error":"busy","code":"UNAVAILABLE"}');
    else response.setHeader('content-type', 'application/json').end('{"data":{"done":true}}');
  });
  const client = await clientOf(`${url}/graphql/`);
  expect(await client.change('mutation { done }')).toEqual({ done: true });
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
});
