import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { runClient } from '../cli/run-client.js';
import {
  createConnection,
  type Hunt,
  idIn,
  lookUpCompany,
  otherProviders,
  problems,
  startHunt,
} from './start-hunt.js';

let hunt: Hunt;
beforeAll(async () => {
  hunt = await startHunt();
});
afterAll(() => hunt.close());

const bearer = () => ({ authorization: `Bearer ${hunt.gateway.token}` });

describe('no key and no token is returned, logged or stored', () => {
  afterEach(() => hunt.throwIfLeaked());

  it('when a webhook has a secret address, and its deliveries fail', async () => {
    const address = `http://127.0.0.1:9/hook?token=${hunt.hide(`T${randomBytes(16).toString('hex')}`)}`;
    const set = `mutation M($input: SetBudgetInput!, $hook: CreateAlertDestinationInput!) {
      setBudget(input: $input) { budget { id } ${problems} }
      createAlertDestination(input: $hook) { destination { url } ${problems} }
    }`;
    const budget = {
      name: 'hook',
      scope: 'WORKFLOW',
      subject: 'hook',
      period: 'MONTH',
      mode: 'SOFT',
      limit: 1,
    };
    const input = { ...budget, thresholds: [100] };
    const hook = { kind: 'SLACK', name: 'hook', url: address };
    expect(await hunt.send(set, { variables: { input, hook } })).toContain('http://127.0.0.1:9/…');
    const sandbox = await hunt.connect({ name: 'hook sandbox', key: hunt.newKey('sandbox_') });
    await hunt.send(lookUpCompany, {
      variables: { by: { domain: flagship.domain }, options: { connection: sandbox, workflow: 'hook' } },
    });
    await expect
      .poll(() => hunt.gateway.logged(), { timeout: 20_000 })
      .toContain('alert delivery failed, will be retried');
    const read = '{ alerts { nodes { title deliveries { lastError destination { url } } } } }';
    await expect.poll(() => hunt.send(read), { timeout: 20_000 }).toContain('no connection (ECONNREFUSED)');
    await hunt.fetch('/export/usage.csv?from=2026-01-01&to=2027-01-01', { headers: bearer() });
  });

  it('when tokens are created, changed, rotated, limited and refused', async () => {
    const secretOf = (text: string): string => hunt.hide(/fgw_[\w-]{43}/.exec(text)?.[0] ?? '');
    const created = await hunt.send(
      `mutation { createToken(input: { name: "made", role: MEMBER, scopes: { operations: [COMPANY] }, limits: { requestsPerSecond: 1 } }) {
        secret token { id } ${problems} } }`,
      { showsSecret: true },
    );
    const first = secretOf(created);
    const id = idIn(created, 'tok');
    const rotated = await hunt.send(
      `mutation { rotateToken(id: "${id}", overlapSeconds: 60) { secret token { hint } ${problems} } }`,
      { showsSecret: true },
    );
    const second = secretOf(rotated);
    expect(new Set([first, second, '']).size).toBe(3);
    for (const secret of [first, second, first, second, `${first}x`]) {
      const headers = { authorization: `Bearer ${secret}` };
      for (const path of [
        '/graphql?query={viewer{token{hint scopes{operations}}}}',
        '/export/entries.csv',
        '/metrics',
      ])
        await hunt.fetch(path, { headers });
      const accept = 'text/event-stream';
      await hunt.fetch('/graphql?query=subscription{alerts{id}}', { headers: { ...headers, accept } });
    }
    await hunt.send(
      `mutation { updateToken(input: { id: "${id}", name: "changed" }) { token { id hint previousSecretEndsAt } ${problems} } }`,
    );
    await hunt.send(
      '{ tokens { nodes { id name hint previousSecretEndsAt scopes { spend } limits { requestsPerSecond } usedToday { lookups } } } }',
    );
    await hunt.send(`mutation { revokeToken(id: "${id}") { token { id revokedAt } ${problems} } }`);
    await hunt.fetch('/metrics', { headers: bearer() });
  });

  it('when everything is read: lists, reports, metrics, exports and pages', async () => {
    const sandbox = await hunt.connect({ name: 'reads sandbox', key: hunt.newKey('sandbox_') });
    await hunt.send(lookUpCompany, {
      variables: { by: { domain: flagship.domain }, options: { connection: sandbox } },
    });
    const saved = await hunt.send(
      `mutation { saveWaterfall(input: {name: "read", steps: [{connection: "${sandbox}", require: [PHONE]}, {provider: APOLLO}]}) {
        waterfall { id name steps { provider connection { keyHint } } } ${problems} } }`,
    );
    expect(saved).toContain('"waterfall":{');
    const read = await hunt.send(`{
      viewer { token { id name } workspace { id } }
      connections { nodes { id name keyHint } }
      tokens { nodes { id name role } }
      entries(first: 100) { nodes { id outcome charge problem } }
      unlocks(first: 100) { nodes { id } }
      budgets { nodes { id name } }
      waterfalls { nodes { id name } }
      savedViews { nodes { id name address } }
      quote(companies: [{domain: "${flagship.domain}"}]) { maxCredits checks { reasons } }
      providers { name managed sandboxKey health { payer state reason connection { id } } }
      usage(from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z") { totals { creditsCharged } }
    }`);
    expect(read).toContain('"totals":{"creditsCharged"');
    const unlock = idIn(read, 'unl');
    expect(unlock).toMatch(/^unl_/);
    for (const id of [sandbox, unlock]) {
      const node = await hunt.send('query Q($id: ID!) { node(id: $id) { __typename id } }', {
        variables: { id },
      });
      expect(node).toContain(id);
    }
    const audit = await hunt.send(
      '{ auditLog(first: 100) { nodes { action subject actor userAgent before after } } }',
    );
    expect(audit).toContain('connection.create');
    for (const path of [
      'entries.csv',
      'unlocks.csv',
      'usage.csv?groupBy=TOKEN',
      'records.ndjson',
      'audit.csv',
      'audit.ndjson',
    ]) {
      const query = path.startsWith('usage') ? '&from=2026-01-01&to=2027-01-01' : '';
      const { status } = await hunt.fetch(`/export/${path}${query}`, { headers: bearer() });
      expect([path, status]).toEqual([path, 200]);
    }
    const made = await hunt.send(
      `mutation { createJob(input: { operation: COMPANY, source: { companies: [{ domain: "${flagship.domain}" }] },
        options: { connection: "${sandbox}" }, maxCredits: 1, start: false }) { job { id } ${problems} } }`,
    );
    const job = idIn(made, 'job');
    await hunt.send(
      `{ job(id: "${job}") { results { nodes { values problem { message } receipt { id } company { raw } } } } }`,
    );
    for (const format of ['csv', 'ndjson']) {
      const path = `/export/jobs/${job}.${format}`;
      expect((await hunt.fetch(path, { headers: bearer() })).status).toBe(200);
      const stray = hunt.newKey('live_');
      for (const query of [`fields=${stray}`, `fields=name{${stray}`, `after=${stray}`, `${stray}=1`])
        expect((await hunt.fetch(`${path}?${query}`, { headers: bearer() })).status).toBe(400);
    }
    expect((await hunt.fetch('/metrics', { headers: bearer() })).status).toBe(200);
    expect((await hunt.fetch('/graphql', { headers: { accept: 'text/html' } })).status).toBe(200);
    expect((await hunt.fetch('/healthz')).status).toBe(200);
  });

  it('when commands call the gateway, and when it refuses them', async () => {
    const { url, token } = hunt.gateway;
    const live = await hunt.connect({ name: 'commands live', key: hunt.newKey('live_') });
    const wrong = hunt.hide(`fgw_${randomBytes(24).toString('base64url')}`);
    const by = ['lookup', 'company', 'refused.example', '--connection', live];
    const runs = await Promise.all([
      runClient({ url, token }, by),
      runClient({ url, token }, [...by, '--json']),
      runClient({ url, token }, ['balance', token]),
      runClient({ url, token: wrong }, ['usage', '--json']),
      runClient({ url: `${url}/${token}`, token }, ['usage']),
      runClient({ url: `http://${token}@127.0.0.1:1`, token }, ['usage']),
    ]);
    for (const ran of runs) hunt.keep(JSON.stringify(ran));
    expect(runs.map(({ code }) => code)).toEqual([5, 5, 1, 3, 2, 2]);
  });

  it('when a request has a key where none belongs', async () => {
    const create = (input: unknown) =>
      hunt.send(createConnection, { variables: { input }, error: 'BAD_REQUEST' });
    for (const newKey of [
      () => hunt.newKey('live_'),
      ...otherProviders.map((one) => () => hunt.hide(one.createKey())),
    ]) {
      await create({ provider: 'FIRMABLE', key: newKey() });
      await create({ provider: 'WRONG', name: 'x', key: newKey() });
      await create({ provider: 'FIRMABLE', name: 'x', key: [newKey()] });
      await create({ provider: 'FIRMABLE', name: 'x', key: newKey(), verify: 'maybe' });
      await create(newKey());
      const by = { domain: flagship.domain };
      for (const options of [{ connection: newKey() }, { waterfall: [{ connection: newKey() }] }]) {
        expect(await hunt.send(lookUpCompany, { variables: { by, options } })).toContain('"problem":{');
      }
      await hunt.send(lookUpCompany, { variables: { by, options: { waterfallName: newKey() } } });
      await hunt.send('query Q($id: ID!) { node(id: $id) { id } }', { variables: { id: newKey() } });
      await hunt.send('query Q($id: ID!) { connection(id: $id) { id } }', { variables: { id: newKey() } });
      await hunt.send(`mutation M($id: ID!) { deleteWaterfall(id: $id) { deletedId ${problems} } }`, {
        variables: { id: newKey() },
      });
    }
    for (const { provider, header, createKey } of otherProviders) {
      await hunt.send(lookUpCompany, {
        variables: { by: { domain: flagship.domain }, options: { waterfall: [{ provider }] } },
        headers: { [header]: `${hunt.hide(createKey())} twice` },
      });
    }
    for (const input of [
      { name: hunt.newKey('live_'), address: '/usage' },
      { name: 'x', address: `/usage?workflow=${hunt.newKey('live_')}` },
    ]) {
      await hunt.send(
        `mutation S($input: SaveViewInput!) { saveView(input: $input) { view { id name address } ${problems} } }`,
        { variables: { input } },
      );
    }
    const cut = await hunt.fetch(`/graphql?key=${hunt.newKey('live_')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer() },
      body: `{"query": "{ viewer }", "variables": {"key": "${hunt.newKey('live_')}"`,
    });
    expect(await cut.text()).toContain('BAD_REQUEST');
  });
});

it('finds a key in a response, a log line and a row when one is there', async () => {
  const other = await startHunt();
  try {
    const name = other.newKey('sandbox_');
    await other.send(
      `mutation M($input: CreateTokenInput!) { createToken(input: $input) { token { name } } }`,
      {
        variables: { input: { name: 'shown', role: 'VIEWER', workflow: name } },
      },
    );
    const found = await other.leaks();
    expect(found.some((leak) => leak.startsWith('row: '))).toBe(true);
  } finally {
    await other.close();
  }
});
