import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEmailSender } from '../../src/alerts/send-email.js';
import { type MailServer, startMailServer } from './start-mail-server.js';

let server: MailServer;
beforeEach(async () => {
  server = await startMailServer({ password: 'p@ss' });
});
afterEach(() => server.close());

const message = {
  body: {},
  title: 'Budget "a\r\nBcc: evil@example.com <b>" reached 100%',
  facts: [['Spent', '1 <i>of</i> 1 credits']] as const,
};
const send = (account = '', to = ['ops@example.com', 'cfo@example.com']) =>
  createEmailSender({
    smtpUrl: new URL(`smtp://${account}127.0.0.1:${server.port}`),
    from: { name: 'Gateway', address: 'alerts@example.com' },
  }).send(message, { id: 'alr_1', recipients: to });

it('sends text and HTML to all recipients, and no header can be injected', async () => {
  expect(await send('user:p%40ss@')).toEqual({ delivered: true, status: 250, error: null });
  const [mail] = server.mails;
  expect(mail).toMatchObject({ from: 'alerts@example.com', to: ['ops@example.com', 'cfo@example.com'] });
  const [headers = ''] = mail?.text.split('\r\n\r\n') ?? [];
  expect(headers).not.toMatch(/^Bcc:/im);
  expect(headers).toMatch(/^Message-ID: <alr_1@example\.com>/im);
  expect(mail?.text).toContain('text/plain');
  expect(mail?.text).toContain('&lt;i&gt;of&lt;/i&gt;');
});

it('retries after 4xx, gives up after 5xx, and repeats nothing that the server says', async () => {
  for (const when of ['RCPT', 'DATA'] as const) {
    server.refusal = { status: 451, when };
    expect(await send()).toMatchObject({ delivered: false, status: 451, mayRepeat: 'YES' });
    server.refusal = { status: 550, when };
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
