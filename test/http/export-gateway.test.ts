import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flagship, samplePeople } from '../../src/sandbox/samples.js';
import { linesOf, rowsOf } from '../usage/exports/setup.js';
import { facesOf } from '../support/dump.js';
import { startGateway, type TestGateway } from './start-gateway.js';

let gateway: TestGateway;
const key = `fbl_sandbox_canary${randomBytes(12).toString('hex')}`;
const names = ['usage', 'entries', 'unlocks', 'records'] as const;
const period = 'from=2020-01-01&to=2100-01-01';

beforeAll(async () => {
  gateway = await startGateway({ logLevel: 'debug' });
  await gateway.post(
    `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } } }`,
    { input: { provider: 'FIRMABLE', name: '=Sales', key, makeDefault: true } },
  );
  await gateway.post(
    `query Q($domain: String, $people: [PersonKey!]!) {
      company(by: { domain: $domain }, options: { workflow: "=cmd()" }) { outcome }
      missing: company(by: { domain: "nobody.example" }) { outcome }
      people(by: $people) { outcome } }`,
    { domain: flagship.domain, people: samplePeople.map(({ workEmail }) => ({ workEmail })) },
  );
});
afterAll(() => gateway.close());

const read = async (
  file: string,
  headers: Record<string, string> = { authorization: `Bearer ${gateway.token}` },
): Promise<{ status: number; text: string; sent: string }> => {
  const response = await fetch(`${gateway.url}/export/${file}`, { headers });
  return {
    status: response.status,
    text: await response.text(),
    sent: JSON.stringify([...response.headers]),
  };
};

const sum = (rows: Record<string, string>[], column: string): number =>
  rows.reduce((total, row) => total + Number(row[column]), 0);

it('exports the ids, names and numbers of the API when its operations have run', async () => {
  const entries = rowsOf((await read('entries.csv')).text);
  const { body } = await gateway.post(
    `{ entries(first: 100) { nodes { id unlockId creditsCharged creditsSaved connection { id name } token { id name } } } 
       usage(from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z") { totals { creditsCharged creditsSaved } } }`,
  );
  expect(body.errors).toBeUndefined();
  expect(
    entries.map((row) => ({
      id: row['id'],
      unlockId: row['unlockId'] === '' ? null : row['unlockId'],
      creditsCharged: Number(row['creditsCharged']),
      creditsSaved: Number(row['creditsSaved']),
      connection:
        row['connectionId'] === ''
          ? null
          : { id: row['connectionId'], name: row['connection']?.replace(/^'/, '') },
      token: { id: row['tokenId'], name: row['token'] },
    })),
  ).toEqual(JSON.parse(JSON.stringify(body.data?.['entries'])).nodes);
  const usage = rowsOf((await read(`usage.csv?${period}&groupBy=DAY,WORKFLOW,CONNECTION`)).text);
  for (const column of ['creditsCharged', 'creditsSaved'])
    expect(sum(usage, column)).toBe(sum(entries, column));
  expect(body.data?.['usage']).toMatchObject({
    totals: { creditsCharged: sum(entries, 'creditsCharged'), creditsSaved: sum(entries, 'creditsSaved') },
  });
});

it('exports the Do Not Call value of every phone when records are unlocked', async () => {
  const [sample] = samplePeople;
  const { body } = await gateway.post(
    'query Q($id: ID!) { person(by: { id: $id }) { person { phones { number isDoNotCall } } } }',
    { id: sample?.id },
  );
  const { text } = await read('records.ndjson?operation=PERSON');
  const record = linesOf(text).find(({ recordId }) => recordId === sample?.id)?.['record'];
  expect(record).toMatchObject(JSON.parse(JSON.stringify(body.data?.['person'])).person);
  const row = rowsOf((await read('records.csv?operation=PERSON')).text).find(
    ({ recordId }) => recordId === sample?.id,
  );
  expect(row?.['phone1IsDoNotCall']).toMatch(/^(true|false)$/);
});

it('charges nothing and writes no entry when data is exported', async () => {
  const before = (await read('entries.ndjson')).text;
  for (const name of names) await read(`${name}.ndjson?${name === 'usage' ? period : ''}`);
  expect((await read('entries.ndjson')).text).toBe(before);
});

it('writes no key or token to exports, responses or logs when a caller puts one anywhere', async () => {
  const stray = `fgw_${randomBytes(32).toString('base64url')}`;
  const said = await Promise.all([
    ...names.flatMap((name) =>
      ['csv', 'ndjson'].map((format) =>
        read(
          `${name}.${format}?${name === 'usage' ? period : name === 'records' ? 'operation=COMPANY' : ''}`,
        ),
      ),
    ),
    read(`entries.csv?token=${stray}`),
    read(`entries.csv?${stray}=1`),
    read(`entries.csv?after=${stray}`),
    read(`entries.csv?workflow=${key}&from=${key}`),
    read(`${stray}.csv`),
    read(`entries.${key}`),
    read('entries.csv', { authorization: `Bearer ${stray}` }),
    read('entries.csv', { authorization: stray }),
    read(`entries.csv?authorization=${stray}`, {}),
  ]);
  expect(said.slice(0, 8).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
  expect(said.slice(8).map(({ status }) => status)).toEqual([400, 400, 400, 400, 404, 404, 401, 401, 401]);
  const texts = [gateway.logged(), ...said.flatMap(({ text, sent }) => [text, sent])];
  const leaks = [key, stray, gateway.token].flatMap((secret) =>
    facesOf(secret).flatMap((face) => texts.filter((text) => text.includes(face))),
  );
  expect(leaks).toEqual([]);
});

it('exports only ids and prices when no snapshots are stored', async () => {
  const bare = await startGateway({ env: { SNAPSHOT_MAX_AGE: '0' } });
  try {
    const response = await fetch(`${bare.url}/export/records.ndjson`, {
      headers: { authorization: `Bearer ${bare.token}` },
    });
    const lines = linesOf(await response.text());
    expect(lines.length).toBeGreaterThan(0);
    expect(new Set(lines.map(({ record, creditsPaid }) => [record, creditsPaid].join()))).toEqual(
      new Set([',1']),
    );
  } finally {
    await bare.close();
  }
});
