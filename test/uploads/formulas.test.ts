import { expect, it } from 'vitest';
import { makeWorkbook, textRow } from './make-workbook.js';
import { read } from './read-file.js';

const sheetOf = (rows: string) => makeWorkbook([{ name: 'L', rows }]);
const whatToDo = 'open the workbook in a spreadsheet program, save it, and send it again.';

it('notes formulas without a value, as programs write them that calculate nothing', async () => {
  const one = `${textRow('Company', 'Site')}<row><c><v>1</v></c><c><f>A1</f><v></v></c></row>`;
  expect((await read(sheetOf(one))).notes).toEqual([
    `1 cell has a formula without its value and is empty, first line 2: ${whatToDo}`,
  ]);
  const { items, notes } = await read(
    sheetOf(`${one}<row><c><f>A1</f></c><c><f t="shared" si="0"/><v/></c></row>`),
  );
  expect(items).toHaveLength(2);
  expect(notes).toEqual([
    `3 cells have a formula without its value and are empty, first line 2: ${whatToDo}`,
  ]);
});

it('notes no formula that has a value, also an empty one', async () => {
  const cells =
    '<c><f>1+1</f><v>2</v></c><c t="str"><f>""</f><v></v></c><c t="e"><f>NA()</f><v>#N/A</v></c><c/>';
  expect((await read(sheetOf(`<row>${cells}</row>`))).notes).toEqual([]);
});

it('notes the formulas of the sheet that is read, or of all when none has rows', async () => {
  const formula = '<row><c><f>A1</f></c></row>';
  const sheets = [
    { name: 'A', rows: formula },
    { name: 'B', rows: textRow('b') },
  ];
  expect((await read(makeWorkbook(sheets))).notes).toEqual([expect.stringContaining('"B" was read')]);
  expect((await read(sheetOf(formula))).notes).toEqual([expect.stringContaining('1 cell has a formula')]);
});

const linksNote = (what: string) => [
  expect.stringContaining(`At least ${what} another text than the address`),
];
const linkTo = (address: string, text: string) =>
  `<row><c t="str"><f>HYPERLINK(${address.replaceAll('"', '&quot;')},"x")</f><v>${text}</v></c></row>`;

it('keeps the text of a formula HYPERLINK, and notes that its address was not read', async () => {
  const rows = `${textRow('Site')}${linkTo('"https://harbourline.example"', 'Visit')}`;
  const { items, notes } = await read(sheetOf(rows));
  expect(items[1]).toEqual({ line: 2, cells: ['Visit'] });
  expect(notes).toEqual(linksNote('1 cell shows'));
});

it.each([
  ['an address', linkTo('"https://harbourline.example"', 'www.harbourline.example')],
  ['an e-mail address', linkTo('"mailto:mara@harbourline.example"', 'mara@harbourline.example')],
  ['an identifier of digits', linkTo('"https://abr.business.gov.au"', '51 824 753 556')],
  ['the address of another cell', linkTo('A1', 'Visit')],
  ['an address in part', linkTo('"https://"&amp;A1', 'Visit')],
  ['a place in the workbook', linkTo('"#Sheet1.A1"', 'Visit')],
])('notes no link that shows or has %s', async (_, rows) => {
  expect((await read(sheetOf(rows))).notes).toEqual([]);
});

const siteRows = [
  textRow('Site', 'Name'),
  textRow('Visit', 'A'),
  textRow('b.example', 'B'),
  textRow('Visit', ''),
].join('');
it.each([
  [
    'with a text in every cell',
    '<hyperlink ref="A2" r:id="a"/><hyperlink ref="A3:A4" r:id="b"/>',
    linksNote('2 cells show'),
  ],
  ['with an address as its text', '<hyperlink ref="A3" r:id="a"/>', []],
  ['of more cells than have a text', '<hyperlink ref="B1:B1048576" r:id="a"/>', linksNote('3 cells show')],
  ['within the workbook', '<hyperlink ref="B2" location="Other!A1"/>', []],
  ['without a cell', '<hyperlink r:id="a"/><hyperlink ref="B9:B2" r:id="b"/>', []],
])('counts the links of a sheet %s', async (_, links, notes) => {
  const file = makeWorkbook([{ name: 'L', rows: siteRows, links: `<hyperlinks>${links}</hyperlinks>` }]);
  expect((await read(file)).notes).toEqual(notes);
});
