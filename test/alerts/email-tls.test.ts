import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { makeCertificates } from '../guarantees/tls-postgres.js';
import { startMailServer } from './start-mail-server.js';

const password = 'canaryPassw0rdOfSmtp';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gateway-smtp-'));
  makeCertificates(folder);
  const root = path.resolve(import.meta.dirname, '../..');
  const build = path.join(root, 'scripts', 'build-gateway.mjs');
  execFileSync(process.execPath, [build, folder, path.join(root, 'src', 'alerts', 'send-email.ts')]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Sends an e-mail from a process of its own: Node.js reads NODE_EXTRA_CA_CERTS when it starts. */
const sendFrom = (smtpUrl: string, authority: string | null): Promise<string> =>
  new Promise((resolve) => {
    const script = `
      const { createEmailSender } = await import(process.env.MODULE);
      const from = { name: 'Gateway', address: 'alerts@example.com' };
      const sender = createEmailSender({ smtpUrl: new URL(process.env.URL_OF_SMTP), from });
      const message = { body: {}, title: 'Test', facts: [] };
      console.log(JSON.stringify(await sender.send(message, { id: 'alr_1', recipients: ['ops@example.com'] })));`;
    const env = {
      MODULE: path.join(folder, 'send-email.js'),
      URL_OF_SMTP: smtpUrl,
      ...(authority === null ? {} : { NODE_EXTRA_CA_CERTS: path.join(folder, authority) }),
    };
    execFile(process.execPath, ['--input-type=module', '-e', script], { env }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });

it.each([
  ['smtps', true],
  ['smtp', false],
])(
  'sends over TLS with %s to a server of an own authority, and refuses every other certificate',
  async (protocol, secure) => {
    const [key, cert] = ['server.key', 'server.pem'].map((name) => readFileSync(path.join(folder, name)));
    const server = await startMailServer({ password, tls: { secure, key: key!, cert: cert! } });
    onTestFinished(() => server.close());
    const at = (host: string) => `${protocol}://alerts:${password}@${host}:${server.port}`;
    expect(JSON.parse(await sendFrom(at('localhost'), 'ca.pem'))).toMatchObject({ delivered: true });
    expect(server.mails).toHaveLength(1);
    const refused: [string, string | null][] = [
      ['localhost', null],
      ['localhost', 'other-ca.pem'],
      // The certificate is not for this name.
      ['127.0.0.1', 'ca.pem'],
    ];
    for (const [host, authority] of refused) {
      const output = await sendFrom(at(host), authority);
      expect(JSON.parse(output)).toMatchObject({
        delivered: false,
        error: 'SMTP: the certificate of the server is not trusted',
      });
      expect(output).not.toContain(password);
    }
    expect(server.mails).toHaveLength(1);
  },
);
