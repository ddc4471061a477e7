import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestGateway } from '../http/start-gateway.js';
import { makeWorkbook, textRow } from './make-workbook.js';
import { startUploads, type Uploads } from './start-uploads.js';

let gateway: TestGateway;
let send: Uploads['send'];
let rowsOf: Uploads['rowsOf'];
let countUploads: Uploads['countUploads'];
beforeAll(async () => {
  ({ gateway, send, rowsOf, countUploads } = await startUploads());
});
afterAll(() => gateway.close());

it('answers with the columns, the proposed mapping and the first rows', async () => {
  const csv =
    'Company,Website,Note\nHarbourline,https://harbourline.example/about," a, ""b"" "\nFernwick,,x\n';
  const answer = await send(csv, { query: '?name=../lists/My%20list.csv' });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    id: expect.stringMatching(/^upl_[0-9a-f-]{36}$/),
    fileName: 'My list.csv',
    format: 'CSV',
    encoding: 'utf-8',
    separator: ',',
    sheet: null,
    sheets: [],
    header: true,
    columns: [
      { name: 'Company', position: 1, identifier: null, samples: ['Harbourline', 'Fernwick'] },
      { name: 'Website', position: 2, identifier: 'WEBSITE', samples: ['https://harbourline.example/about'] },
      { name: 'Note', position: 3, identifier: null, samples: [' a, "b" ', 'x'] },
    ],
    mapping: [{ column: 'Website', position: 2, identifier: 'WEBSITE' }],
    operation: 'COMPANY',
    rows: 2,
    bytes: csv.length,
    preview: [
      ['Harbourline', 'https://harbourline.example/about', ' a, "b" '],
      ['Fernwick', '', 'x'],
    ],
    faultCount: 0,
    faults: [],
    notes: [],
  });
  expect(await rowsOf(answer)).toEqual([
    { number: 1, line: 2, cells: ['Harbourline', 'https://harbourline.example/about', ' a, "b" '] },
    { number: 2, line: 3, cells: ['Fernwick', '', 'x'] },
  ]);
});

const table = 'name,domain\r\nZoë “A”,harbourline.example\r\n';
const windows1252 = Buffer.from('name,domain\r\nZoë \u0093A\u0094,harbourline.example\r\n', 'latin1');
it.each<[string, Buffer, string, string]>([
  ['UTF-8', Buffer.from(table), 'utf-8', ','],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${table}`), 'utf-8', ','],
  ['UTF-16 LE', Buffer.from(table, 'utf16le'), 'utf-16le', ','],
  ['UTF-16 LE with a mark', Buffer.from(`\ufeff${table}`, 'utf16le'), 'utf-16le', ','],
  ['UTF-16 BE', Buffer.from(table, 'utf16le').swap16(), 'utf-16be', ','],
  ['UTF-16 BE with a mark', Buffer.from(`\ufeff${table}`, 'utf16le').swap16(), 'utf-16be', ','],
  ['Windows-1252', windows1252, 'windows-1252', ','],
  ['tabs', Buffer.from(table.replaceAll(',', '\t')), 'utf-8', '\t'],
  ['semicolons', Buffer.from(table.replaceAll(',', ';')), 'utf-8', ';'],
  ['vertical bars', Buffer.from(table.replaceAll(',', '|')), 'utf-8', '|'],
  ['a line sep=', Buffer.from(`sep=;\r\n${table.replaceAll(',', ';')}`), 'utf-8', ';'],
  ['the beginning of a ZIP archive as text', Buffer.from(table.replace('name', 'PK')), 'utf-8', ','],
  ['line breaks of CR', Buffer.from(table.replaceAll('\r\n', '\r')), 'utf-8', ','],
  ['empty lines', Buffer.from(`\r\n\r\n${table}\r\n  \r\n`), 'utf-8', ','],
  [
    'a space before each quote',
    Buffer.from('"name", "domain"\n"Zoë “A”", "harbourline.example"'),
    'utf-8',
    ',',
  ],
])('reads a file with %s', async (_, file, encoding, separator) => {
  const answer = await send(new Uint8Array(file));
  expect([answer.status, answer.body.encoding, answer.body.separator]).toEqual([201, encoding, separator]);
  expect((await rowsOf(answer)).map(({ cells }) => cells)).toEqual([['Zoë “A”', 'harbourline.example']]);
});

it('completes short rows, keeps long ones, and says so', async () => {
  const answer = await send('domain,note,note,\na.example\nb.example,1,2,3,4,5\nc.example,,\u0000,\n');
  expect(answer.body.columns.map(({ name }) => name)).toEqual(['domain', 'note', 'note', '', '', '']);
  expect((await rowsOf(answer)).map(({ cells }) => cells)).toEqual([
    ['a.example', '', '', ''],
    ['b.example', '1', '2', '3', '4', '5'],
    ['c.example', '', '\u0000', ''],
  ]);
  expect(answer.body.notes).toEqual([
    'Several columns have the same name: name them by their position.',
    expect.stringMatching(/^1 row has fewer cells than the header, first line 2/),
    expect.stringMatching(/^1 row has more cells than the header, first line 3/),
  ]);
});

it('has no header when the first row is data, or the client says so', async () => {
  const found = await send('Harbourline,harbourline.example\nFernwick,fernwick.example\n');
  expect([found.body.header, found.body.rows, found.body.mapping]).toEqual([
    false,
    2,
    [{ column: 'Column 2', position: 2, identifier: 'DOMAIN' }],
  ]);
  expect((await send('account.website,contact.email\nharbourline.example,a@b.example\n')).body.header).toBe(
    true,
  );
  expect((await send('a,b\n1,2\n', { query: '?header=no' })).body.rows).toBe(2);
  expect((await send('a.example\nb.example\n', { query: '?header=yes' })).body.rows).toBe(1);
  expect((await send('a,b\n1,2\n', { query: '?header=perhaps' })).body.error).toMatch(
    /^"header" must be yes or no/,
  );
});

it.each([
  ['?heder=no', 'There is no parameter "heder": use name, header, sheet.'],
  ['?header=no&header=yes', '"header" may not be repeated: send it only once.'],
  [`?fgw_${'canary'.repeat(6)}=1`, 'There is no parameter "fgw_[cut]"'],
])('refuses %s, which would be ignored otherwise', async (query, message) => {
  const { status, body } = await send('a,b\n1,2\n', { query });
  expect([status, body.error]).toEqual([400, expect.stringContaining(message)]);
  expect(JSON.stringify(body)).not.toContain('canary');
});

it('reads on behind a quote that is never closed, and names its line', async () => {
  const { body } = await send('domain,note\na.example,"x\nb.example,y\n');
  expect([body.rows, body.faultCount]).toEqual([1, 1]);
  expect(body.faults).toEqual([
    { line: 2, reason: expect.stringMatching(/^A quote is opened on this line/) },
  ]);
});

it('reads every other row when a quote is left open before a cell in quotes', async () => {
  const answer = await send(
    'Website,Name\nharbourline.example,"abc\nquillbournebrewing.example,q\nbirchmarkpower.example,"B"\nx.example,y\n',
  );
  expect([answer.body.rows, answer.body.faultCount, answer.body.faults[0]?.line]).toEqual([3, 1, 2]);
  expect((await rowsOf(answer)).map(({ line, cells }) => [line, ...cells])).toEqual([
    [3, 'quillbournebrewing.example', 'q'],
    [4, 'birchmarkpower.example', 'B'],
    [5, 'x.example', 'y'],
  ]);
});

it.each([
  ['1 byte', 'é', /^1 byte is not UTF-8 and was read as Windows-1252: /],
  ['2 bytes', 'éé', /^2 bytes are not UTF-8 and were read as Windows-1252: /],
])('says that %s of a UTF-8 file had another encoding', async (_, text, note) => {
  const stray = Buffer.concat([Buffer.from('domain,name\na.example,Zoë '), Buffer.from(text, 'latin1')]);
  expect((await send(new Uint8Array(stray))).body.notes).toEqual([expect.stringMatching(note)]);
});

it('says so when lines that are one cell by their quotes could be rows', async () => {
  const { body } = await send('domain,screen\na.example,"x\nb.example,27"\nc.example,y\n');
  expect([body.rows, body.notes]).toEqual([
    2,
    [
      '1 row has a cell in quotes with lines that could be rows of their own, first line 2: if they are, close the quote on that line.',
    ],
  ]);
});

it.each<[string, string | Buffer, RegExp]>([
  ['an empty file', '', /^This file is empty: send a table/],
  ['a header alone', 'name,domain\n\n', /^This file has a header and no rows: send/],
  [
    'one row of too many cells',
    ','.repeat(1_000_000),
    /^No row of this file can be read\. Line 1: The row has 1000001 cells and was left out: send at most 16384 columns\.$/,
  ],
  [
    'one row whose quote is not closed',
    'a,"b',
    /^No row of this file can be read\. Line 1: A quote is opened on this line and not closed.* inside of a cell\.$/,
  ],
  ['a PDF', '%PDF-1.7\n', /^This file is a PDF document and not a table: export/],
  ['a PNG', Buffer.from('89504e470d0a1a0a', 'hex'), /^This file is a PNG image/],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /Excel 97-2003 \(\.xls\).*save it as XLSX/],
  [
    'gzip',
    gzipSync('a,b\n1,2\n'),
    /^This file is a gzip archive .* or send it with the header Content-Encoding: gzip/,
  ],
  ['HTML', '\ufeff<html><table><tr><td>a', /^This file is an HTML page/],
  ['JSON', '[{"domain": "a.example"}]', /^This file is JSON and not a table/],
  ['JSON of texts', '[ "a.example", "b.example" ]', /^This file is JSON and not a table/],
  ['UTF-32', Buffer.from('fffe0000610000000a00000062000000', 'hex'), /^This file is a text in UTF-32/],
  [
    'bytes',
    Buffer.from(Array.from({ length: 3_000 }, (_, at) => (at * 7) % 256)),
    /^This file is a binary file/,
  ],
])('refuses %s with what to do', async (_, file, message) => {
  const before = await countUploads();
  const { status, body } = await send(typeof file === 'string' ? file : new Uint8Array(file));
  expect([status, body.code]).toEqual([400, 'INVALID_INPUT']);
  expect(body.error).toMatch(message);
  expect(await countUploads()).toBe(before);
});

it('reads workbooks, and the sheet that is named', async () => {
  const file = makeWorkbook([
    { name: 'A', rows: textRow('Person', 'E-mail') + textRow('Mara', 'mara@harbourline.example') },
    { name: 'B', rows: textRow('ABN') + textRow('51824753556') },
  ]);
  const first = await send(new Uint8Array(file), {
    headers: { 'content-disposition': `attachment; filename*=UTF-8''p%C3%A9.xlsx` },
  });
  expect(first.body).toMatchObject({
    fileName: 'pé.xlsx',
    format: 'XLSX',
    encoding: null,
    operation: 'PERSON',
    mapping: [{ column: 'E-mail', identifier: 'WORK_EMAIL' }],
  });
  expect((await send(new Uint8Array(file), { query: '?sheet=B' })).body.mapping).toMatchObject([
    { identifier: 'ABN' },
  ]);
});

it('notes no empty cells that a workbook leaves out, and explains a title above its header', async () => {
  const row = textRow('harbourline.example');
  const short = makeWorkbook([{ name: 'A', rows: textRow('Website', 'Name') + row }]);
  expect((await send(new Uint8Array(short))).body.notes).toEqual([]);
  const titled = makeWorkbook([{ name: 'A', rows: textRow('Leads') + textRow('Website', 'Name') + row }]);
  expect((await send(new Uint8Array(titled))).body.notes).toEqual([
    '1 row has more cells than the header, first line 2: they are kept in columns without a name. If what was read as the header is a title, delete the rows above the header.',
  ]);
});

it('explains a workbook whose rows are formulas that nothing has calculated', async () => {
  const rows = `${textRow('Website')}<row><c><f>A1</f><v/></c></row>`;
  const { body } = await send(new Uint8Array(makeWorkbook([{ name: 'A', rows }])));
  expect(body.error).toMatch(/has a header and no rows: .* 1 cell has a formula without its value and is/);
});

it('reads the file of a form, and its options', async () => {
  const form = new FormData();
  form.set('header', 'no');
  form.set('file', new Blob(['a,b\n1,2\n'], { type: 'text/csv' }), 'liste é.csv');
  const { status, body } = await send(form);
  expect([status, body.fileName, body.rows]).toEqual([201, 'liste é.csv', 2]);
  const without = new FormData();
  without.set('name', 'x');
  expect((await send(without)).body.error).toMatch(/^The form has no file: send one/);
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const start = '--x\r\ncontent-disposition: form-data; name="f"; filename="a.csv"\r\n\r\n';
  const cut = await send(`${start}a,b\n1,2\n3,4\n`, { headers });
  expect([cut.status, cut.body.code]).toEqual([400, 'BAD_REQUEST']);
  expect((await send('a', { headers: { 'content-type': 'multipart/form-data' } })).status).toBe(400);
});
