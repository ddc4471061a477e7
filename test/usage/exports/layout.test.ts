import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../http/start-gateway.js';
import { writeEntries, writeUnlock } from '../setup.js';
import { linesOf } from './setup.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  const { id: workspaceId } = await workspaceOf(gateway);
  await writeEntries(gateway.context.database, workspaceId, [{ workflow: 'crm' }, { workflow: null }]);
  await writeUnlock(gateway.context.database, workspaceId, { record: 'company:id:f1' });
  await gateway.post('mutation { createToken(input: { name: "one", role: VIEWER }) { token { id } } }');
});
afterAll(() => gateway.close());

const workspaceOf = async ({ context, token }: TestGateway) => ({
  id: (await context.findCaller(token)).workspaceId,
});

const period = 'from=2026-01-01&to=2100-01-01';
const get = async (file: string): Promise<{ status: number; bytes: Buffer }> => {
  const response = await fetch(`${gateway.url}/export/${file}`, {
    headers: { authorization: `Bearer ${gateway.token}` },
  });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
};

it.each(['entries.csv?', `usage.csv?${period}&`, 'unlocks.csv?', 'records.csv?operation=COMPANY&'])(
  'begins %s with a byte order mark when it is wanted, and not otherwise',
  async (file) => {
    const plain = await get(file);
    const marked = await get(`${file}bom=true`);
    expect(plain.bytes[0]).not.toBe(0xef);
    expect(marked.bytes).toEqual(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain.bytes]));
    expect((await get(`${file}bom=false`)).bytes).toEqual(plain.bytes);
  },
);

it('refuses a byte order mark for NDJSON, and other values', async () => {
  expect((await get('entries.ndjson?bom=true')).status).toBe(400);
  expect((await get('entries.csv?bom=yes')).status).toBe(400);
});

const exports = [
  'entries?',
  `usage?${period}&groupBy=DAY,WORKFLOW&`,
  `usage?${period}&groupBy=WORKFLOW&chargeback=true&`,
  'unlocks?',
  'records?operation=COMPANY&',
  'audit?',
];
const fileOf = (wanted: string, format: string): string => wanted.replace('?', `.${format}?`);
const tableOf = ({ bytes }: { bytes: Buffer }): string[][] => parse(bytes);

it.each(exports)(
  'writes only the named columns of %s, in their order, when they are named',
  async (wanted) => {
    const csv = fileOf(wanted, 'csv');
    const [header = [], ...rows] = tableOf(await get(csv));
    expect(rows.length).toBeGreaterThan(0);
    // Backwards, and without every third.
    const names = header.toReversed().filter((_, at) => at % 3 !== 2);
    const expected = rows.map((row) => names.map((name) => row[header.indexOf(name)]));
    expect(tableOf(await get(`${csv}columns=${names.join(',')}`))).toEqual([names, ...expected]);
    const repeated = names.map((name) => `columns=${name}`).join('&');
    expect(tableOf(await get(`${csv}${repeated}`))).toEqual([names, ...expected]);

    const ndjson = fileOf(wanted, 'ndjson');
    const whole = linesOf((await get(ndjson)).bytes.toString());
    const lineNames = Object.keys(whole[0] ?? {}).toReversed();
    const lines = (await get(`${ndjson}columns=${lineNames.join(',')}`)).bytes.toString();
    expect(linesOf(lines)).toEqual(whole);
    expect(Object.keys(linesOf(lines)[0] ?? {})).toEqual(lineNames);
  },
);

it.each(exports)('lists the columns of %s when a name is unknown, empty or there twice', async (wanted) => {
  const csv = fileOf(wanted, 'csv');
  const [header = []] = tableOf(await get(csv));
  const secret = 'fgw_abcdefghijklmnopqrstuvwxyz012345';
  for (const names of [
    '',
    `${header[0]},`,
    secret,
    `${header[0]},${header[0]}`,
    'toString',
    '__proto__',
    'ID',
  ]) {
    const { status, bytes } = await get(`${csv}columns=${encodeURIComponent(names)}`);
    const { error, code }: { error: string; code: string } = JSON.parse(bytes.toString());
    expect([names, status, code]).toEqual([names, 400, 'BAD_REQUEST']);
    expect(error).toContain(`choose from ${header.join(', ')}.`);
    expect(error).not.toContain(secret);
  }
});

it('continues behind a cursor, with the chosen columns, when the cursor is one of them', async () => {
  const [, [first = ''] = [], ...rest] = tableOf(await get('entries.csv?columns=cursor,id'));
  expect(tableOf(await get(`entries.csv?columns=cursor,id&after=${first}`)).slice(1)).toEqual(rest);
});
