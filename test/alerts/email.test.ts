import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEmailSender } from '../../src/alerts/send-email.js';

type Mail = { from: string; to: string[]; text: string };

let mails: Mail[];
let refusal: { status: number; when: 'RCPT' | 'DATA' } | null;
let server: SMTPServer;
let port: number;
beforeEach(async () => {
  mails = [];
  refusal = null;
  const refuse = (when: 'RCPT' | 'DATA'): Error | null =>
    refusal?.when === when
      ? Object.assign(new Error('no secret@example.com here'), { responseCode: refusal.status })
      : null;
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) =>
      auth.password === 'p@ss' ? done(null, { user: auth.username }) : done(new Error('no')),
    onRcptTo: (_address, _session, done) => done(refuse('RCPT')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        const refused = refuse('DATA');
        if (refused === null) mails.push({ from, to, text: Buffer.concat(chunks).toString('utf8') });
        done(refused);
      });
    },
  });
  port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
});
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

const message = {
  body: {},
  title: 'Budget "a\r\nBcc: evil@example.com <b>" reached 100%',
  facts: [['Spent', '1 <i>of</i> 1 credits']] as const,
};
const send = (account = '', to = ['ops@example.com', 'cfo@example.com']) =>
  createEmailSender({
    smtpUrl: new URL(`smtp://${account}127.0.0.1:${port}`),
    from: { name: 'Gateway', address: 'alerts@example.com' },
  }).send(message, { id: 'alr_1', recipients: to });

it('sends text and HTML to all recipients, and no header can be injected', async () => {
  expect(await send('user:p%40ss@')).toEqual({ delivered: true, status: 250, error: null });
  const [mail] = mails;
  expect(mail).toMatchObject({ from: 'alerts@example.com', to: ['ops@example.com', 'cfo@example.com'] });
  const [headers = ''] = mail?.text.split('\r\n\r\n') ?? [];
  expect(headers).not.toMatch(/^Bcc:/im);
  expect(headers).toMatch(/^Message-ID: <alr_1@example\.com>/im);
  expect(mail?.text).toContain('text/plain');
  expect(mail?.text).toContain('&lt;i&gt;of&lt;/i&gt;');
});

it('retries after 4xx, gives up after 5xx, and repeats nothing that the server says', async () => {
  for (const when of ['RCPT', 'DATA'] as const) {
    refusal = { status: 451, when };
    expect(await send()).toMatchObject({ delivered: false, status: 451, mayRepeat: 'YES' });
    refusal = { status: 550, when };
    const given = await send();
    expect(given).toMatchObject({ delivered: false, status: 550, mayRepeat: 'NO' });
    expect(JSON.stringify(given)).not.toContain('secret@example.com');
  }
});

it('says that the account is refused without its password', async () => {
  const refused = await send('user:hunter2@');
  expect(refused).toMatchObject({ delivered: false, status: 535 });
  expect(JSON.stringify(refused)).not.toContain('hunter2');
});
