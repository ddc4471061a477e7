import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Hunt, idIn, lookUpCompany, problems, startHunt } from './start-hunt.js';

const maxWait = { timeout: 25_000 };

let hunt: Hunt;
beforeAll(async () => {
  hunt = await startHunt();
});
afterAll(() => hunt.close());

it('sends, logs, stores and returns no key, token or password when alerts go out and when they are refused', async () => {
  const create = `mutation M($input: CreateAlertDestinationInput!) { createAlertDestination(input: $input) {
    destination { id url recipients } webhookSecret ${problems} } }`;
  const created = async (input: object): Promise<string> => {
    const text = await hunt.send(create, { variables: { input }, showsSecret: true });
    const secret = /whsec_[\w+/=]+/.exec(text)?.[0];
    if (secret !== undefined) hunt.hide(secret);
    return idIn(text, 'ald');
  };
  const hook = await created({ kind: 'WEBHOOK', name: 'hook', url: hunt.receiver.url });
  const mail = await created({ kind: 'EMAIL', name: 'mail', recipients: ['ops@example.com'] });
  // The upstream answers 401 first, with the key in its words.
  const connection = await hunt.connect({ name: 'refused', key: hunt.newKey('live_') });
  hunt.receiver.answers.push(500);
  hunt.mail.refusal = { status: 451, when: 'DATA' };
  const by = { domain: 'refused.example' };
  const refused = await hunt.send(lookUpCompany, { variables: { by, options: { connection } } });
  expect(refused).toContain('KEY_REFUSED');
  const retried = (): number =>
    hunt.gateway.logged().split('alert delivery failed, will be retried').length - 1;
  await expect.poll(retried, maxWait).toBe(2);
  hunt.mail.refusal = null;
  await expect.poll(() => [hunt.receiver.deliveries.length, hunt.mail.mails.length], maxWait).toEqual([2, 1]);
  expect(hunt.mail.mails[0]?.text).toContain('Firmable refuses the key');
  const test = `mutation M($id: ID!) { sendTestAlert(id: $id) { delivered status error ${problems} } }`;
  hunt.mail.refusal = { status: 550, when: 'RCPT' };
  for (const id of [hook, mail]) await hunt.send(test, { variables: { id } });
  await hunt.mail.close();
  await hunt.gateway.context.database.sql`update alert_destinations set tested_at = null`;
  expect(await hunt.send(test, { variables: { id: mail } })).toContain('no connection to the server');
  await hunt.send('{ alerts { nodes { title facts { name value } deliveries { lastError } } } }');
  expect(await hunt.leaks()).toEqual([]);
});
