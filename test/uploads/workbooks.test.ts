import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createStringTable } from '../../src/uploads/xlsx/string-table.js';
import { makeWorkbook, makeZip, textRow, workbookParts } from './make-workbook.js';
import { cellsOf, read } from './read-file.js';

// Other tests read workbooks at the same time.
const folder = mkdtempSync(path.join(tmpdir(), 'workbooks-'));
beforeAll(() => void vi.stubEnv('TMPDIR', folder));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});
const leftBehind = () =>
  readdirSync(folder).filter((name) => name.startsWith('firmable-gateway-upload-')).length;

it('reads strings of every kind as they are', async () => {
  const file = makeWorkbook(
    [
      {
        name: 'L',
        rows: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
          <row r="3"><c r="A3" t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve">line </t></r></is></c>
          <c r="B3" t="str"><f>A1&amp;"x"</f><v>of a formula</v></c><c r="C3" t="b"><v>1</v></c><c r="D3" t="e"><v>#N/A</v></c></row>
          <row r="4"><c r="A4" s="1"/><c r="B4"/></row>`,
      },
    ],
    {
      strings:
        '<si><t>Company &amp; Co</t></si><si><r><t>rich </t></r><r><t>text_x000D_\n</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si>',
    },
  );
  expect((await read(file)).items).toEqual([
    { line: 1, cells: ['Company & Co', '', 'rich text\r\n'] },
    { line: 3, cells: ['inline ', 'of a formula', 'TRUE', '#N/A'] },
  ]);
});

it('reads the first sheet with rows, or the one that is named', async () => {
  const file = makeWorkbook([
    { name: 'Empty', rows: '<row r="1"/>' },
    { name: 'People', rows: textRow('p') },
    { name: 'Sites', rows: textRow('s') },
  ]);
  const { items, notes, sheet: first, sheets } = await read(file);
  expect(items).toEqual([{ line: 1, cells: ['p'] }]);
  expect([first, sheets]).toEqual(['People', ['Empty', 'People', 'Sites']]);
  expect(notes).toEqual([expect.stringContaining('"People" was read, one of 3')]);
  expect(await cellsOf(file, 'sites')).toEqual([['s']]);
  expect(await cellsOf(file, '3')).toEqual([['s']]);
  await expect(read(file, 'Nobody')).rejects.toThrow(/no such sheet: name one of "Empty", "People", "Sites"/);
});

const hiding = (rows: string) =>
  makeWorkbook([
    { name: 'Lists', rows: textRow('l'), state: 'veryHidden' },
    { name: 'Old', rows: textRow('o'), state: 'hidden' },
    { name: 'Empty', rows: '' },
    { name: 'People', rows },
  ]);
it('reads a hidden sheet only when no visible one has rows, or it is named', async () => {
  const { items, notes } = await read(hiding(textRow('p')));
  expect(items).toEqual([{ line: 1, cells: ['p'] }]);
  expect(notes).toEqual([expect.stringContaining('"People" was read, one of 4')]);
  expect(await cellsOf(hiding(''))).toEqual([['l']]);
  expect(await cellsOf(hiding(textRow('p')), 'Old')).toEqual([['o']]);
  expect(await cellsOf(hiding(textRow('p')), '4')).toEqual([['p']]);
});

it('keeps rows and cells apart when references are missing or have gaps', async () => {
  const rows = `<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row r="9"><c r="B9"><v>4</v></c></row>`;
  expect((await read(makeWorkbook([{ name: 'L', rows }]))).items).toEqual([
    { line: 1, cells: ['1', '', '', '2', '3'] },
    { line: 9, cells: ['', '4'] },
  ]);
});

it('names the line of a row that is too long', async () => {
  const rows = `${textRow('a')}${textRow('x'.repeat(600_000), 'y'.repeat(600_000))}${textRow('b')}`;
  expect((await read(makeWorkbook([{ name: 'L', rows }]))).items).toEqual([
    { line: 1, cells: ['a'] },
    { line: 2, fault: expect.stringContaining('longer than 1000000 characters') },
    { line: 3, cells: ['b'] },
  ]);
});

const parts = workbookParts([{ name: 'L', rows: textRow('a', 'b').repeat(500) }], {
  strings: '<si><t>a</t></si>',
});
const whole = makeZip(parts);
const damaged = Buffer.from(whole);
damaged.fill(0xaa, 60, 400);
const sheet = 'xl/worksheets/sheet1.xml';

it.each([
  ['cut off', whole.subarray(0, whole.length - 100)],
  ['damaged', damaged],
  ['without its sheet', makeZip({ ...parts, [sheet]: '' })],
  ['with XML of any depth', makeZip({ ...parts, [sheet]: '<a>'.repeat(101) })],
  ['with XML that ends early', makeZip({ ...parts, [sheet]: '<worksheet><sheetData><row><c><v>1' })],
  ['with another size than it says', makeZip(parts, { [sheet]: 10 })],
  [
    'with a string that it does not have',
    makeZip({ ...parts, [sheet]: '<w><row><c t="s"><v>9</v></c></row></w>' }),
  ],
  [
    'with a column that no sheet has',
    makeZip({ ...parts, [sheet]: '<w><row><c r="ZZZ1"><v>9</v></c></row></w>' }),
  ],
  [
    'with entities',
    makeZip({ ...parts, [sheet]: '<!DOCTYPE w [<!ENTITY a "x">]><w><row><c><v>&a;</v></c></row></w>' }),
  ],
])('refuses a workbook %s', async (_, file) => {
  const before = leftBehind();
  await expect(read(file)).rejects.toThrow(/^This workbook is damaged or incomplete: open it/);
  expect(leftBehind()).toBe(before);
});

it('refuses a workbook that unpacks to far more than its size allows', async () => {
  const bomb = makeZip({ ...parts, [sheet]: Buffer.alloc(60_000_000, '<row/>') });
  await expect(read(bomb)).rejects.toThrow(/far larger when it is unpacked/);
  const claimed = makeZip(parts, { [sheet]: 4_000_000_000 });
  await expect(read(claimed)).rejects.toThrow(/far larger when it is unpacked/);
});

// Each of these small files would fill the memory, because what it repeats is kept.
it.each([
  ['formats', { 'xl/styles.xml': `<styleSheet><cellXfs>${'<xf/>'.repeat(100_001)}</cellXfs></styleSheet>` }],
  [
    'parts',
    {
      '_rels/.rels': `<R>${[...Array(10_001).keys()].map((id) => `<Relationship Id="${id}"/>`).join('')}</R>`,
    },
  ],
  [
    'names of parts',
    Object.fromEntries([...Array(70).keys()].map((id) => [`${id}${'x'.repeat(60_000)}`, ''])),
  ],
])('refuses a workbook with more %s than any has', async (_, more) => {
  await expect(read(makeZip({ ...parts, ...more }))).rejects.toThrow(/far larger when it is unpacked/);
});

it('keeps strings and their order in files, also longer ones than a page', () => {
  const table = createStringTable(path.join(folder, 'strings'));
  const texts = Array.from({ length: 40_000 }, (_, at) => (at % 7 === 0 ? '' : `ü${at}`));
  texts[100] = 'é'.repeat(90_000);
  for (const text of texts) table.add(text);
  const wanted = texts.map((_, at) => (at * 7_919) % texts.length);
  expect(wanted.every((at) => table.get(at) === texts[at])).toBe(true);
  expect([table.get(texts.length), table.get(-1), table.get(0.5)]).toEqual([null, null, null]);
  table.close();
});

it.each([
  ['a ZIP archive', { 'list.csv': 'a,b' }],
  [
    'an OpenDocument file',
    { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' },
  ],
  ['a Word document', { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<x/>' }],
  ['a binary workbook (.xlsb)', { '[Content_Types].xml': '<Types/>', 'xl/workbook.bin': 'x' }],
])('says that %s is not a table', async (what, content) => {
  await expect(read(makeZip(content))).rejects.toThrow(`This file is ${what} and not a table`);
});
