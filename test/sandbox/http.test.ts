import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/start-sandbox.js';
import { fairKey, openSandbox } from './open-sandbox.js';

const authorization = `Bearer ${fairKey}`;

describe('the sandbox as an HTTP server', () => {
  it('returns a 404 when the path is unknown, and a 405 with the right method when it is wrong', async () => {
    const { get, post } = await openSandbox();
    expect((await get('/companies')).status).toBe(404);
    const wrong = await post('/company', {});
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET']);
    expect((await get('/people/search')).headers.get('allow')).toBe('POST');
  });

  it('returns a 400 when the body is not JSON, and a 413 when it is too long', async () => {
    const { sandbox } = await openSandbox();
    const send = (body: string): Promise<Response> =>
      fetch(`${sandbox.urls.FIRMABLE}/people/search`, { method: 'POST', body, headers: { authorization } });
    expect((await send('{"companyId":')).status).toBe(400);
    expect((await send(' '.repeat(64 * 1024 + 1))).status).toBe(413);
  });

  it('survives a request that is not HTTP, a malformed target and a lost client', async () => {
    const { company, sandbox } = await openSandbox();
    const { hostname, port } = new URL(sandbox.urls.FIRMABLE);
    for (const text of [
      'hello\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      'GET http://[ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    ]) {
      const status = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => socket.write(text));
        socket.once('data', (chunk) => resolve(chunk.toString().slice(9, 12)));
        socket.once('error', reject);
      });
      expect(status).toMatch(/^4\d\d$/);
    }
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write('POST /people/search HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{', () => {
          socket.destroy();
          resolve();
        });
      });
    });
    expect(await company('id=f000000100001')).toMatchObject({ name: 'Harbourline' });
  });

  it('drops requests and stops listening when it is closed, also twice', async () => {
    const sandbox = await startSandbox({ records: 1 });
    const slow = fetch(`${sandbox.urls.FIRMABLE}/company?id=f000000100001`, {
      headers: { authorization: 'Bearer fbl_sandbox_slow' },
    });
    const dropped = slow.catch((error: Error) => error.message);
    await expect.poll(() => sandbox.requests, { interval: 5 }).toBe(1);
    await Promise.all([sandbox.close(), sandbox.close()]);
    expect(await dropped).toBe('fetch failed');
    await expect(fetch(sandbox.urls.FIRMABLE)).rejects.toThrow('fetch failed');
  });

  it('rejects the start when this machine does not have the address', async () => {
    await expect(startSandbox({ host: '192.0.2.1' })).rejects.toThrow('EADDRNOTAVAIL');
  });

  it('logs the response without key or identifier', async () => {
    const lines: string[] = [];
    const { company } = await openSandbox({
      log: { debug: (fields, message) => lines.push(JSON.stringify(fields) + message) },
    });
    await company('fqdn=harbourline.example');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"status":200');
    expect(lines[0]).not.toMatch(/fbl_|harbourline/);
  });
});
