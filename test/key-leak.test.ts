import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flagship, samplePeople } from '../src/sandbox/samples.js';
import { json, type Seen, startUpstream } from './providers/firmable/start-upstream.js';
import { answered, startGateway, type TestGateway } from './http/start-gateway.js';
import { dumpTables, facesOf } from './support/dump.js';

let gateway: TestGateway;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
beforeAll(async () => {
  upstream = await startUpstream((response, seen, index) => echoes[index % echoes.length]?.(response, seen));
  gateway = await startGateway({
    logLevel: 'debug',
    env: {
      FIRMABLE_BASE_URL: upstream.url,
      PEOPLEDATALABS_BASE_URL: upstream.url,
      APOLLO_BASE_URL: upstream.url,
      MANAGED_FIRMABLE_KEY: managed.FIRMABLE,
      MANAGED_APOLLO_KEY: managed.APOLLO,
      UPSTREAM_TIMEOUT_MS: '1000',
    },
  });
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

/** Ways of a bad upstream to say what it was sent, in headers, bodies, addresses and the names of fields. */
const echoes: ((response: ServerResponse, seen: Seen) => void)[] = [
  (to, { headers }) =>
    json(to, 401, { message: `Bad key ${headers.authorization}` }, { 'x-echo': keyIn(headers) }),
  (to, { headers }) => json(to, 403, { error: { code: keyIn(headers), message: keyIn(headers) } }),
  (to, { headers }) =>
    json(to, 500, { success: false, error: { message: keyIn(headers), request: headers } }),
  (to, { headers }) => json(to, 402, { statusCode: 402, error: keyIn(headers), message: [keyIn(headers)] }),
  (to, { headers }) => json(to, 307, {}, { location: `http://127.0.0.1:9/${keyIn(headers)}` }),
  (to, { headers }) => json(to, 307, {}, { location: `/again?key=${keyIn(headers)}` }),
  (to, { headers }) => json(to, 404, { message: `No company for ${keyIn(headers)}` }),
  (to, { headers }) => json(to, 200, { id: { [keyIn(headers)]: keyIn(headers) }, error: keyIn(headers) }),
  (to, { headers }) => {
    to.writeHead(200, { 'content-type': 'application/json', [`x-${keyIn(headers)}`]: keyIn(headers) });
    to.end(`{"id": "${keyIn(headers)}`);
  },
  (to, { headers }) => {
    to.write(keyIn(headers), () => to.destroy());
  },
  (to, { headers }) => json(to, 429, { message: `Rate limit for ${keyIn(headers)}. Retry in 99s.` }),
];
const keyIn = (headers: Seen['headers']): string =>
  String(headers['x-api-key'] ?? headers.authorization ?? '').replace('Bearer ', '');

const canary = (kind: string): string => `fbl_${kind}canary${randomBytes(12).toString('hex')}`;
const managed = {
  FIRMABLE: canary('live_managed_'),
  APOLLO: `canary${randomBytes(8).toString('hex')}`,
};

/** The public id of one kind in a text; empty where there is none. */
const idIn = (text: string, prefix: string): string =>
  new RegExp(`${prefix}_[0-9a-f-]{36}`).exec(text)?.[0] ?? '';

test('a key never leaves: after every verb and every bad day neither key nor token is said, logged or stored', async () => {
  const keys: string[] = [];
  const newKey = (kind: string): string => {
    const key = canary(kind);
    keys.push(key);
    return key;
  };
  const said: string[] = [];
  let operations = 0;
  const tell = async (
    query: string,
    variables: object = {},
    headers: Record<string, string> = {},
    shownOnce: string | null = null,
  ): Promise<string> => {
    operations += 1;
    const { status, headers: sent, body } = await gateway.post(query, variables, headers);
    const text = JSON.stringify({ status, sent: [...sent], body });
    if (shownOnce === null) said.push(text);
    return text;
  };
  const problems = 'userErrors { code message field }';
  const receipt = `receipt { id charge payer { kind connection { id name keyHint } } attempts { reason connection { id } } } problem { code message }`;

  // Connections: good, mistaken, and of keys on bad days.
  const create = `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) {
    connection { id name keyHint } ${problems} } }`;
  const createWith = (name: string, key: string, verify = true): Promise<string> =>
    tell(create, { input: { provider: 'FIRMABLE', name, key, verify } });
  const sandbox = idIn(await createWith('sandbox', newKey('sandbox_')), 'con');
  const live = idIn(await createWith('live', newKey('live_'), false), 'con');
  expect([sandbox.slice(0, 4), live.slice(0, 4)]).toEqual(['con_', 'con_']);
  const bad: string[] = [];
  for (const name of ['revoked', 'noplan', 'broke', 'flaky']) {
    bad.push(idIn(await createWith(name, newKey(`sandbox_${name}_`), false), 'con'));
    await createWith(`${name} verified`, newKey(`sandbox_${name}_`));
  }
  for (let round = 0; round < echoes.length; round += 1) await createWith(`live ${round}`, newKey('live_'));
  await createWith('sandbox', newKey('sandbox_'));
  await createWith('spoilt', `${newKey('live_')}!`);
  await createWith('spoilt', `Bearer "${newKey('live_')}" twice`);
  await createWith(newKey('live_'), 'name and key mixed up');
  for (const [field, argument] of [
    ['renameConnection', '(input: {id: $id, name: "renamed"})'],
    ['disableConnection', '(id: $id)'],
    ['enableConnection', '(id: $id)'],
    ['setDefaultConnection', '(id: $id)'],
    ['verifyConnection', '(id: $id)'],
  ]) {
    for (const id of [sandbox, live, ...bad]) {
      await tell(
        `mutation M($id: ID!) { ${field}${argument} { connection { id name keyHint } ${problems} } }`,
        { id },
      );
    }
  }
  const rotate = `mutation M($input: RotateConnectionKeyInput!) { rotateConnectionKey(input: $input) {
    connection { id keyHint } ${problems} } }`;
  await tell(rotate, { input: { id: sandbox, key: newKey('sandbox_') } });
  await tell(rotate, { input: { id: live, key: newKey('live_'), verify: false } });
  await tell(rotate, { input: { id: live, key: newKey('live_') } });

  // Asks: by each connection, by a key of the caller's own, in every kind.
  const company = `query Q($by: CompanyKey!, $options: LookupOptions) { company(by: $by, options: $options) {
    outcome company { id name raw } ${receipt} } }`;
  const asks = Array.from({ length: echoes.length + 2 }, (_, index) => ({
    domain: `company-${index}.example`,
  }));
  for (const connection of [sandbox, live, ...bad]) {
    for (const by of [{ domain: flagship.domain }, ...(connection === live ? asks : [])]) {
      await tell(company, { by, options: { connection } });
    }
  }
  for (const kind of ['live_', 'sandbox_', 'sandbox_revoked_', 'sandbox_noplan_', 'sandbox_broke_']) {
    await tell(company, { by: { abn: flagship.abn } }, { 'x-firmable-key': newKey(kind) });
  }
  await tell(company, { by: { domain: flagship.domain } }, { 'x-firmable-key': `${newKey('live_')}?` });
  await tell(company, { by: { domain: newKey('live_') } });
  await tell(
    `{ companies(by: [{domain: "${flagship.domain}"}, {domain: "x"}]) { outcome ${receipt} }
       person(by: {workEmail: "${samplePeople[0]?.workEmail}"}, options: {connection: "${sandbox}"}) { outcome ${receipt} }
       people(by: [{linkedin: "nobody"}]) { outcome ${receipt} }
       searchPeople(companyId: "${flagship.id}", connection: "${live}") { outcome nodes { id name } ${receipt} } }`,
  );

  // The other providers, before the same bad upstream: alone, in a waterfall, by a key of the caller's own.
  const person = `query Q($by: PersonKey!, $options: LookupOptions) { person(by: $by, options: $options) {
    outcome person { id raw } ${receipt} } }`;
  const rivals = [
    {
      provider: 'PEOPLE_DATA_LABS',
      header: 'x-people-data-labs-key',
      make: () => randomBytes(32).toString('hex'),
    },
    { provider: 'APOLLO', header: 'x-apollo-key', make: () => `canary${randomBytes(8).toString('hex')}` },
  ].map(({ provider, header, make }) => {
    const newKeyOf = (): string => {
      const key = make();
      keys.push(key);
      return key;
    };
    return { provider, header, newKeyOf };
  });
  const steps: { connection: string }[] = [{ connection: live }];
  for (const { provider, header, newKeyOf } of rivals) {
    const made = await tell(create, {
      input: { provider, name: `live ${provider}`, key: newKeyOf(), verify: false },
    });
    const connection = idIn(made, 'con');
    expect(connection).toMatch(/^con_/);
    steps.push({ connection });
    for (const by of asks) {
      await tell(company, { by, options: { connection } });
      await tell(person, { by: { workEmail: `ada@${by.domain}` }, options: { connection } });
      await tell(create, { input: { provider, name: `${provider} ${by.domain}`, key: newKeyOf() } });
      await tell(company, { by, options: { waterfall: [{ provider }] } }, { [header]: newKeyOf() });
    }
    await tell(create, { input: { provider, name: `${provider} mistaken`, key: newKey('live_') } });
    await tell(create, { input: { provider: 'FIRMABLE', name: `${provider} elsewhere`, key: newKeyOf() } });
  }
  for (const by of asks) await tell(company, { by, options: { waterfall: steps } });

  // The operator's keys, also on bad days.
  for (const provider of ['FIRMABLE', 'APOLLO']) {
    const options = { payer: 'MANAGED', waterfall: [{ provider }] };
    for (const by of asks) await tell(company, { by, options });
  }

  // Waterfalls, and mistakes with keys that bear no mark.
  for (const { provider, header, newKeyOf } of rivals) {
    const by = { domain: flagship.domain };
    const options = { waterfall: [{ provider }] };
    await tell(company, { by, options }, { [header]: `${newKeyOf()} twice` });
    await tell(create, { input: { provider, key: newKeyOf() } });
    await tell(create, { input: { provider, name: 'x', key: [newKeyOf()] } });
    await tell(create, { input: newKeyOf() });
    await tell(company, { by, options: { waterfall: [{ connection: newKeyOf() }] } });
    await tell(company, { by, options: { waterfallName: newKeyOf() } });
    await tell('mutation M($id: ID!) { deleteWaterfall(id: $id) { deletedId } }', { id: newKeyOf() });
  }
  await tell(
    `mutation { saveWaterfall(input: {name: "saved", steps: [{connection: "${sandbox}"}, {provider: APOLLO}]}) {
      waterfall { id name steps { provider connection { keyHint } } } ${problems} } }`,
  );
  await tell(`{ waterfalls { nodes { id name } } quote(companies: [{domain: "${flagship.domain}"}]) { maxCredits checks { reasons } }
    providers { name managed sandboxKey health { payer state reason connection { id } } } }`);
  const metrics = await fetch(`${gateway.url}/metrics`, {
    headers: { authorization: `Bearer ${gateway.token}` },
  });
  expect(metrics.status).toBe(200);
  said.push(await metrics.text());

  // Tokens and budgets: each shows one secret, once.
  const token = await tell(
    `mutation { createToken(input: {name: "made", role: MEMBER}) { secret token { id } ${problems} } }`,
    {},
    {},
    'secret',
  );
  const secret = /fgw_[\w-]+/.exec(token)?.[0] ?? '';
  await tell('{ viewer { token { id name } } }', {}, { authorization: `Bearer ${secret}` });
  await tell(`mutation M($id: ID!) { revokeToken(id: $id) { token { id name } ${problems} } }`, {
    id: idIn(token, 'tok'),
  });
  await tell('{ viewer { token { id } } }', {}, { authorization: `Bearer ${secret}` });
  await tell('{ viewer { token { id } } }', {}, { authorization: `Basic ${secret}` });
  const budget = await tell(
    `mutation { setBudget(input: {name: "all", scope: WORKSPACE, period: MONTH, limit: 0, webhookUrl: "http://127.0.0.1:9/"}) {
      budget { id } webhookSecret ${problems} } }`,
    {},
    {},
    'webhookSecret',
  );
  const webhookSecret = /whsec_[\w-]+/.exec(budget)?.[0] ?? '';
  expect([secret.slice(0, 4), webhookSecret.slice(0, 6)]).toEqual(['fgw_', 'whsec_']);
  await tell(company, { by: { domain: 'over-budget.example' }, options: { connection: sandbox } });

  // Everything that reads.
  await tell(`{
    viewer { token { id name } workspace { id } }
    connections { nodes { id name keyHint } }
    tokens { nodes { id name role } }
    entries(first: 100) { nodes { id outcome charge problem } }
    unlocks(first: 100) { nodes { id } }
    budgets { nodes { id name } }
    providers { name }
    usage(from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z") { totals { credits } }
  }`);
  for (const id of [sandbox, live, idIn(token, 'tok'), idIn(budget, 'bud'), `Company:${flagship.id}`]) {
    await tell('query Q($id: ID!) { node(id: $id) { __typename id } }', { id });
  }

  // Mistakes that hold a key: in a place where none belongs, in a wrong shape, in a broken document.
  await tell(create, { input: { provider: 'FIRMABLE', key: newKey('live_') } });
  await tell(create, { input: { provider: 'WRONG', name: 'x', key: newKey('live_') } });
  await tell(create, { input: { provider: 'FIRMABLE', name: 'x', key: [newKey('live_')] } });
  await tell(create, { input: newKey('live_') });
  await tell(create, { input: { provider: 'FIRMABLE', name: 'x', key: newKey('live_'), verify: 'maybe' } });
  await tell('query Q($id: ID!) { node(id: $id) { id } }', { id: newKey('live_') });
  await tell('query Q($id: ID!) { connection(id: $id) { id } }', { id: newKey('live_') });
  await tell(company, { by: { domain: flagship.domain }, options: { connection: newKey('live_') } });
  const malformed = await fetch(`${gateway.url}/graphql?key=${newKey('live_')}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.token}` },
    body: `{"query": "{ viewer }", "variables": {"key": "${newKey('live_')}"`,
  });
  said.push(JSON.stringify(await answered(malformed)));
  await tell('mutation M($id: ID!) { deleteBudget(id: $id) { deletedId } }', { id: idIn(budget, 'bud') });
  await tell('mutation M($id: ID!) { deleteConnection(id: $id) { deletedId } }', { id: live });

  const output = gateway.logged();
  const dump = await dumpTables(gateway.context.database);
  expect(operations).toBeGreaterThan(80);
  expect(upstream.seen.length).toBeGreaterThan(echoes.length * 2);
  const seenOfRivals = upstream.seen.filter(({ headers }) => headers['x-api-key'] !== undefined);
  expect(seenOfRivals.length).toBeGreaterThan(echoes.length * 2);
  expect(new Set(upstream.seen.map(({ headers }) => keyIn(headers))).size).toBeGreaterThan(echoes.length);
  expect(upstream.seen.map(({ headers }) => keyIn(headers))).toEqual(
    expect.arrayContaining(Object.values(managed)),
  );
  expect(output.length).toBeGreaterThan(1_000);
  expect(dump).toContain(flagship.id);
  const leaks = [...keys, managed.FIRMABLE, managed.APOLLO, secret, webhookSecret, gateway.token].flatMap(
    (one) =>
      facesOf(one).flatMap((face) => [
        ...said.filter((text) => text.includes(face)).map((text) => `said: ${text}`),
        ...output
          .split('\n')
          .filter((line) => line.includes(face))
          .map((line) => `logged: ${line}`),
        ...dump
          .split('\n')
          .filter((row) => row.includes(face))
          .map((row) => `stored: ${row}`),
      ]),
  );
  expect(leaks).toEqual([]);
}, 60_000);
