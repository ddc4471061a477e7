import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { flagship, samplePeople } from '../../src/sandbox/samples.js';
import {
  createConnection,
  echoes,
  type Hunt,
  idIn,
  keyIn,
  lookUpCompany,
  lookUpPerson,
  otherProviders,
  problems,
  startHunt,
} from './start-hunt.js';

let hunt: Hunt;
beforeAll(async () => {
  hunt = await startHunt();
});
afterAll(() => hunt.close());

/** Companies that the sandbox does not have: one for each response of the bad upstream, and two more. */
const companies = Array.from({ length: echoes.length + 2 }, (_, index) => ({
  domain: `company-${index}.example`,
}));
const badSandboxKinds = ['revoked', 'noplan', 'broke', 'flaky'];

describe('no key and no token is returned, logged or stored', () => {
  afterEach(() => hunt.throwIfLeaked());

  it('when connections are created, verified, changed and deleted', async () => {
    const create = (name: string, key: string) =>
      hunt.send(createConnection, { variables: { input: { provider: 'FIRMABLE', name, key } } });
    const sandbox = await hunt.connect({ name: 'managed sandbox', key: hunt.newKey('sandbox_') });
    const live = await hunt.connect({ name: 'managed live', key: hunt.newKey('live_') });
    const others: string[] = [];
    for (const kind of badSandboxKinds) {
      others.push(await hunt.connect({ name: `managed ${kind}`, key: hunt.newKey(`sandbox_${kind}_`) }));
      await create(`${kind} verified`, hunt.newKey(`sandbox_${kind}_`));
    }
    for (const at of echoes.keys()) await create(`verified live ${at}`, hunt.newKey('live_'));
    expect(await create('managed sandbox', hunt.newKey('sandbox_'))).toContain('NAME_TAKEN');
    expect(await create('malformed', `${hunt.newKey('live_')}!`)).toContain('INVALID_KEY_FORMAT');
    await create('malformed', `Bearer "${hunt.newKey('live_')}" twice`);
    await create(hunt.newKey('live_'), 'name and key exchanged');
    for (const [field, input] of [
      ['renameConnection', '(input: {id: $id, name: "renamed"})'],
      ['disableConnection', '(id: $id)'],
      ['enableConnection', '(id: $id)'],
      ['setDefaultConnection', '(id: $id)'],
      ['verifyConnection', '(id: $id)'],
    ]) {
      const change = `mutation M($id: ID!) { ${field}${input} { connection { id name keyHint } ${problems} } }`;
      for (const id of [sandbox, live, ...others]) await hunt.send(change, { variables: { id } });
    }
    const rotate = `mutation M($input: RotateConnectionKeyInput!) { rotateConnectionKey(input: $input) {
      connection { id keyHint } ${problems} } }`;
    for (const input of [
      { id: sandbox, key: hunt.newKey('sandbox_'), account: 'SAME' },
      { id: live, key: hunt.newKey('live_'), account: 'OTHER', verify: false },
      { id: live, key: hunt.newKey('live_') },
    ]) {
      await hunt.send(rotate, { variables: { input } });
    }
    const remove = 'mutation M($id: ID!) { deleteConnection(id: $id) { deletedId } }';
    expect(await hunt.send(remove, { variables: { id: live } })).toContain(live);
  });

  it('when records are looked up with stored keys and with the caller’s own', async () => {
    const sandbox = await hunt.connect({ name: 'lookups sandbox', key: hunt.newKey('sandbox_') });
    const live = await hunt.connect({ name: 'lookups live', key: hunt.newKey('live_') });
    const connections = [sandbox, live];
    for (const kind of badSandboxKinds) {
      connections.push(await hunt.connect({ name: `lookups ${kind}`, key: hunt.newKey(`sandbox_${kind}_`) }));
    }
    for (const connection of connections) {
      for (const by of [{ domain: flagship.domain }, ...(connection === live ? companies : [])]) {
        await hunt.send(lookUpCompany, { variables: { by, options: { connection } } });
      }
    }
    for (const kind of ['live_', 'sandbox_', 'sandbox_revoked_', 'sandbox_noplan_', 'sandbox_broke_']) {
      const headers = { 'x-firmable-key': hunt.newKey(kind) };
      await hunt.send(lookUpCompany, { variables: { by: { abn: flagship.abn } }, headers });
    }
    const malformed = { 'x-firmable-key': `${hunt.newKey('live_')}?` };
    await hunt.send(lookUpCompany, { variables: { by: { domain: flagship.domain } }, headers: malformed });
    await hunt.send(lookUpCompany, { variables: { by: { domain: hunt.newKey('live_') } } });
    const others = await hunt.send(
      `{ companies(by: [{domain: "${flagship.domain}"}, {domain: "x"}]) { outcome problem { message } }
         person(by: {workEmail: "${samplePeople[0]?.workEmail}"}, options: {connection: "${sandbox}"}) {
           outcome person { raw } }
         people(by: [{linkedin: "nobody"}]) { outcome problem { message } }
         searchPeople(companyId: "${flagship.id}", connection: "${live}") {
           outcome problem { message } nodes { id position } } }`,
    );
    expect(others).toContain('"searchPeople":{');
    expect(new Set(hunt.seen.map(({ headers }) => keyIn(headers))).size).toBeGreaterThanOrEqual(2);
  });

  it('when other providers and the managed account are used, alone and in a waterfall', async () => {
    const live = await hunt.connect({ name: 'waterfall live', key: hunt.newKey('live_') });
    const waterfall: { connection: string }[] = [{ connection: live }];
    for (const { provider, header, createKey } of otherProviders) {
      const newKey = () => hunt.hide(createKey());
      const connection = await hunt.connect({ provider, name: `waterfall ${provider}`, key: newKey() });
      waterfall.push({ connection });
      for (const by of companies) {
        const workEmail = `ada@${by.domain}`;
        const input = { provider, name: `${provider} ${by.domain}`, key: newKey() };
        await hunt.send(lookUpCompany, { variables: { by, options: { connection } } });
        await hunt.send(lookUpPerson, { variables: { by: { workEmail }, options: { connection } } });
        await hunt.send(createConnection, { variables: { input } });
        await hunt.send(lookUpCompany, {
          variables: { by, options: { waterfall: [{ provider }] } },
          headers: { [header]: newKey() },
        });
      }
      for (const input of [
        { provider, name: `${provider} mistaken`, key: hunt.newKey('live_') },
        { provider: 'FIRMABLE', name: `${provider} elsewhere`, key: newKey() },
      ]) {
        await hunt.send(createConnection, { variables: { input } });
      }
    }
    for (const by of companies) await hunt.send(lookUpCompany, { variables: { by, options: { waterfall } } });
    for (const provider of ['FIRMABLE', 'APOLLO']) {
      const options = { payer: 'MANAGED', waterfall: [{ provider }] };
      for (const by of companies) await hunt.send(lookUpCompany, { variables: { by, options } });
    }
    const keysSeen = new Set(hunt.seen.map(({ headers }) => keyIn(headers)));
    expect(keysSeen.size).toBeGreaterThan(echoes.length);
    expect([...keysSeen]).toEqual(expect.arrayContaining(Object.values(hunt.managed)));
  });

  it('when the name of an uploaded file and the reasons of its faults could quote one', async () => {
    const key = hunt.newKey('live_');
    const authorization = `Bearer ${hunt.gateway.token}`;
    const headers = { authorization, 'content-disposition': `attachment; filename="${key}.csv"` };
    const init = { method: 'POST', headers };
    const stored = await hunt.fetch('/uploads', { ...init, body: 'domain,note\na.example,1,2\n' });
    expect([stored.status, await stored.text()]).toEqual([201, expect.stringContaining('fbl_[cut].csv')]);
    for (const body of [`%PDF ${key}`, `domain\n"${key}`, key, `a\n${'x'.repeat(1_000_001)}${key}`])
      expect((await hunt.fetch('/uploads', { ...init, body })).status).toBe(400);
    const query = `?header=${key}&sheet=${key}&name=${key}`;
    expect((await hunt.fetch(`/uploads${query}`, { ...init, body: 'a' })).status).toBe(400);
  });

  it('when tokens and webhook secrets are created, used and revoked', async () => {
    const made = await hunt.send(
      `mutation { createToken(input: {name: "made", role: MEMBER}) { secret token { id } ${problems} } }`,
      { showsSecret: true },
    );
    const secret = hunt.hide(/fgw_[\w-]+/.exec(made)?.[0] ?? '');
    expect(secret).toMatch(/^fgw_/);
    const authorization = `Bearer ${secret}`;
    await hunt.send('{ viewer { token { id name } } }', { headers: { authorization } });
    await hunt.send(`mutation M($id: ID!) { revokeToken(id: $id) { token { id name } ${problems} } }`, {
      variables: { id: idIn(made, 'tok') },
    });
    for (const wrong of [`Basic ${secret}`, `Bearer ${secret}x`]) {
      const headers = { authorization: wrong };
      await hunt.send('{ viewer { token { id } } }', { headers, error: 'UNAUTHENTICATED' });
    }
    const budget = await hunt.send(
      `mutation { setBudget(input: {name: "leak", scope: WORKFLOW, subject: "leak", period: MONTH, limit: 0}) { budget { id } ${problems} }
         createAlertDestination(input: {kind: WEBHOOK, name: "leak", url: "https://hooks.example/"}) { webhookSecret ${problems} } }`,
      { showsSecret: true },
    );
    expect(hunt.hide(/whsec_[\w+/=-]+/.exec(budget)?.[0] ?? '')).toMatch(/^whsec_.{20}/);
    const sandbox = await hunt.connect({ name: 'tokens sandbox', key: hunt.newKey('sandbox_') });
    const refused = await hunt.send(lookUpCompany, {
      variables: { by: { domain: 'fernwick.example' }, options: { connection: sandbox, workflow: 'leak' } },
    });
    expect(refused).toContain('BUDGET_EXCEEDED');
    await hunt.send('mutation M($id: ID!) { deleteBudget(id: $id) { deletedId } }', {
      variables: { id: idIn(budget, 'bud') },
    });
  });
});
