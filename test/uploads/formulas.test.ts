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
