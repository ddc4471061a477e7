import { expect, it } from 'vitest';
import { makeWorkbook } from './make-workbook.js';
import { cellsOf, read } from './read-file.js';

const styles = `<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/><numFmt numFmtId="165" formatCode="0000"/>
  <numFmt numFmtId="166" formatCode="[Red]#,##0.00 &quot;days&quot;"/><numFmt numFmtId="167" formatCode="[h]:mm"/>
  <numFmt numFmtId="168" formatCode="${'0'.repeat(21)}"/><numFmt numFmtId="169" formatCode="[mm]"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="21"/><xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="46"/><xf numFmtId="169"/><xf numFmtId="18"/></cellXfs>`;

it.each([
  ['a number', '<c><v>51824753556</v></c>', '51824753556'],
  ['a number with an exponent', '<c><v>5.1824753556E+10</v></c>', '51824753556'],
  ['a number of 20 digits', '<c><v>61491570006123456789</v></c>', '61491570006123456789'],
  ['a number of 17 digits', '<c s="4"><v>-12345678901234567</v></c>', '-12345678901234567'],
  ['leading zeros before 17 digits', '<c s="7"><v>12345678901234567</v></c>', '000012345678901234567'],
  ['a fraction of more digits than a number has', '<c><v>1234567890123.4567</v></c>', '1234567890123.4567'],
  ['a fraction of 120 digits', `<c><v>0.${'12'.repeat(60)}</v></c>`, `0.${'12'.repeat(60)}`],
  ['a sum as it is calculated', '<c><v>0.30000000000000004</v></c>', '0.30000000000000004'],
  ['a number as Excel writes it', '<c><v>1.0000000000000001E-2</v></c>', '0.01'],
  ['a fraction of 17 digits as Excel writes it', '<c><v>4.2999999999999998</v></c>', '4.3'],
  ['a fraction with zeros at its end', '<c><v>1.50000000000000000000</v></c>', '1.5'],
  ['a fraction', '<c s="4"><v>0.10000000000000001</v></c>', '0.1'],
  ['a date', '<c s="1"><v>46053</v></c>', '2026-01-31'],
  ['a date with a time', '<c s="2"><v>46053.573611111111</v></c>', '2026-01-31T13:46:00'],
  ['a time', '<c s="5"><v>0.5</v></c>', '12:00:00'],
  ['a date before March 1900', '<c s="1"><v>59</v></c>', '1900-02-28'],
  ['leading zeros', '<c s="3"><v>800</v></c>', '0800'],
  ['a date as text', '<c t="d"><v>2026-01-31</v></c>', '2026-01-31'],
  ['a midnight as text', '<c t="d"><v>2026-01-31T00:00:00</v></c>', '2026-01-31'],
  ['a midnight with a zone as text', '<c t="d" s="1"><v>2026-01-31T00:00:00.000Z</v></c>', '2026-01-31'],
  ['a midnight of a format with times', '<c s="2"><v>46053</v></c>', '2026-01-31T00:00:00'],
  [
    'a midnight of a format with times as text',
    '<c t="d" s="2"><v>2026-01-31T00:00:00</v></c>',
    '2026-01-31T00:00:00',
  ],
  ['a midnight but for a moment', '<c s="1"><v>46053.000001</v></c>', '2026-01-31'],
  ['a date with a time as text', '<c t="d"><v>2026-01-31T13:45</v></c>', '2026-01-31T13:45:00'],
  ['the nearest second as text', '<c t="d"><v>2026-01-31T23:59:59.999</v></c>', '2026-02-01'],
  ['a time as text', '<c t="d" s="5"><v>1899-12-30T12:00:00</v></c>', '12:00:00'],
  [
    'a date with an offset as text',
    '<c t="d"><v>2026-01-31T00:00:00+10:00</v></c>',
    '2026-01-31T00:00:00+10:00',
  ],
  ['what is no date as text', '<c t="d"><v>soon</v></c>', 'soon'],
  ['hours over a day', '<c s="6"><v>1.5</v></c>', '36:00:00'],
  ['hours over a day in a format without a code', '<c s="8"><v>1.5006944444444446</v></c>', '36:01:00'],
  ['minutes over a day', '<c s="9"><v>10.000011574074074</v></c>', '240:00:01'],
  ['hours below a day', '<c s="6"><v>0.3125</v></c>', '07:30:00'],
  ['the time of a day', '<c s="5"><v>46329.604166666664</v></c>', '2026-11-03T14:30:00'],
  ['the time of a day with AM/PM', '<c s="10"><v>46329.60416666666</v></c>', '2026-11-03T14:30:00'],
  ['the time of a midnight', '<c s="5"><v>46329</v></c>', '2026-11-03T00:00:00'],
  ['a time with AM/PM', '<c s="10"><v>0.6041666666666666</v></c>', '14:30:00'],
])('shows %s', async (_, cell, shown) => {
  const file = makeWorkbook([{ name: 'L', rows: `<row>${cell}</row>` }], { styles });
  expect(await cellsOf(file)).toEqual([[shown]]);
});

it.each([
  ['00000', '800', '00800'],
  ['00000', '-800', '-00800'],
  ['00000', '12.5', '12.5'],
  ['0000 000 000', '412345678', '0412 345 678'],
  ['000-000', '12345', '012-345'],
  ['000\\-000', '12345', '012-345'],
  ['000 000 000', '4085616', '004 085 616'],
  ['00-000', '7', '00-007'],
  ['"ABN "00 000 000 000', '51824753556', 'ABN 51 824 753 556'],
  ['"A;B "00', '7', 'A;B 07'],
  ['"f"000000000000', '117274', 'f000000117274'],
  ['(00) 0000 0000', '61298765432', '(612) 9876 5432'],
  ['\\+00 000 000 000', '61412345678', '+61 412 345 678'],
  ['[Red][$-C09]0000_)', '800', '0800'],
  ['00000;-00000', '-800', '-00800'],
  ['00000;(00000)', '-800', '(00800)'],
  ['000;-000;"000000"', '0', '0'],
  ['000;-000;00000', '0', '00000'],
  ['000;@', '-5', '-5'],
  ['00 000', '12345678901234567890', '12345678901234567 890'],
  ['[<1000]0000;00000', '12', '0012'],
  ['[<=9999999]000-0000;(000) 000-0000', '5551234', '5551234'],
  ['0_);(0)', '-5', '-5'],
  ['000#', '5', '5'],
  ['00.00', '5', '5'],
  ['0 000%', '5', '5'],
])('shows a number with the format %s', async (code, number, shown) => {
  const numFmt = `<numFmt numFmtId="164" formatCode="${code.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"/>`;
  const file = makeWorkbook([{ name: 'L', rows: `<row><c s="0"><v>${number}</v></c></row>` }], {
    styles: `<numFmts>${numFmt}</numFmts><cellXfs><xf numFmtId="164"/></cellXfs>`,
  });
  expect(await cellsOf(file)).toEqual([[shown]]);
});

it('counts what a format adds to the length of a row', async () => {
  const file = makeWorkbook([{ name: 'L', rows: `<row>${'<c s="0"><v>1</v></c>'.repeat(3_000)}</row>` }], {
    styles: `<numFmts><numFmt numFmtId="164" formatCode="${'0'.repeat(400)}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>`,
  });
  expect((await read(file)).items).toEqual([{ line: 1, fault: expect.stringContaining('longer than') }]);
});

it('counts days from 1904 when the workbook does', async () => {
  const file = makeWorkbook([{ name: 'L', rows: '<row><c s="1"><v>44591</v></c></row>' }], {
    styles,
    date1904: true,
  });
  expect(await cellsOf(file)).toEqual([['2026-01-31']]);
});
