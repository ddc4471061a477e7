import { expect, it } from 'vitest';
import { decodeText } from '../../../src/csv/decode-text.js';
import { readCsv } from '../../../src/csv/read-csv.js';
import { readDeclaration } from '../../../src/enrichment/imports/read-declaration.js';

const provider = {
  title: 'Firmable',
  isCompanyId: (id: string) => /^f\d{1,20}$/.test(id),
  isPersonId: (id: string) => /^fp\d{1,20}$/.test(id),
};
const read = (csv: string) => readDeclaration(provider, 'COMPANY', { csv }, 10_000);
const keysIn = (csv: string) => read(csv).records.flatMap(({ lookupKeys }) => lookupKeys);
const both = ['company:id:f1', 'company:domain:harbourline.example'];

it.each([
  ['sep=;', 'sep=;\r\nid;note;domain\r\nf1;a,b,c,d;harbourline.example\r\n'],
  ['SEP=, in capitals', 'SEP=,\nid,domain\nf1,harbourline.example\n'],
  ['sep=| in quotes, behind a byte order mark', '\ufeff"sep=|"\nid|domain\nf1|harbourline.example\n'],
  ['sep= and a tab', 'sep=\t\nid\tdomain\nf1\tharbourline.example'],
  ['vertical bars', 'id|note|domain\nf1|a, b; c|harbourline.example\n'],
  ['a space before each quote', 'id, "note", "domain"\nf1, "a, b" , "harbourline.example"\n'],
  ['spaces around separators', ' id ;\tnote ; domain \n f1 ; x ; harbourline.example \n'],
  ['an empty first cell between tabs', 'note\tid\tdomain\n\tf1\tharbourline.example\n'],
  ['text behind a closing quote', 'id,note,domain\nf1,"big" note,harbourline.example\n'],
  ['line ends of one CR', 'id,domain\rf1,harbourline.example\r'],
  ['trailing separators', 'id,domain\nf1,harbourline.example,,\n'],
])('reads the domain of a file with %s', (_, csv) => {
  expect(read(csv).invalid).toEqual([]);
  expect(keysIn(csv)).toEqual(both);
});

it('names the line, and does not move its cells, when it has more cells than headings', () => {
  const { records, invalid } = read(
    'sep=,\nid,note,domain\nf1,Acme, Inc,harbourline.example\nf2,x,fernwick.example\n',
  );
  expect(invalid).toEqual([
    {
      line: 3,
      value: 'f1',
      reason: expect.stringMatching(/^The line has 4 cells, and the headings are 3\./),
    },
  ]);
  expect(records.map(({ recordKey }) => recordKey)).toEqual(['company:id:f2']);
});

it('imports the record and names the line when a line ends before a column that is read', () => {
  const { records, unparsedIdentifiers } = read('id,note,domain\nf1,harbourline.example\nf2\n');
  expect(records.map(({ lookupKeys }) => lookupKeys)).toEqual([['company:id:f1'], ['company:id:f2']]);
  expect(unparsedIdentifiers.map(({ line, reason }) => [line, reason.slice(0, 20)])).toEqual([
    [2, 'The line has 2 cells'],
    [3, 'The line has 1 cell,'],
  ]);
  expect(read('id,domain,note\nf1,harbourline.example\n').unparsedIdentifiers).toEqual([]);
});

it('reports a heading of two columns, and refuses two with ids', () => {
  const twice = read('id,Domain,domain\nf1,harbourline.example,fernwick.example\n');
  expect(twice.unparsedIdentifiers).toEqual([
    { line: 1, value: 'Domain', reason: 'The columns 2 and 3 have this heading, and all of them are read.' },
  ]);
  expect(twice.records[0]?.lookupKeys).toHaveLength(3);
  expect(read('id,id,domain\n1,f1,harbourline.example\n').unparsedIdentifiers).toMatchObject([
    { line: 1, value: 'id' },
  ]);
  expect(() => read('id,id\nf1,f2\n')).toThrow(/columns 1 and 2 .* both named "id"/);
  expect(read('id,note,note\nf1,a,b\n').unparsedIdentifiers).toEqual([]);
});

it('names the line of a quote that is never closed', () => {
  expect(readCsv('sep=;\r\nid;note\r\nf1;"a\r\nb"\r\nf2;"cut off\r\nf3;x\r\n')).toEqual({ unclosedLine: 5 });
  expect(() => read('id,note\nf1,"open\n')).toThrow(/begins at line 2/);
  expect(() => read('id,note\nf1,"open\nf2,"b"\n')).toThrow(/without an end, which begins at line 2/);
});

it('names the line of a quoted cell whose lines could be lines of their own', () => {
  const { lines, unparsedIdentifiers } = read('id,note\nf1,"27\nf2,a\nf3,27"\n');
  expect([lines, unparsedIdentifiers]).toEqual([
    1,
    [{ line: 2, value: '', reason: expect.stringMatching(/^A cell in quotes goes on over further lines/) }],
  ]);
});

it('names the line of a NUL character', () => {
  const { records, invalid, unparsedIdentifiers } = read('id,domain\nf1\0,a.example\nf2,b\0.example\n');
  expect(invalid).toMatchObject([{ line: 2, value: 'f1\u{fffd}' }]);
  expect(unparsedIdentifiers.map(({ line }) => line)).toEqual([3]);
  expect(JSON.stringify(records)).not.toContain('\\u0000');
});

const text = 'id,name\r\nf1,Zoë Müller – Søn €\r\n';
const utf16be = Buffer.from(text, 'utf16le').swap16();
const windows1252 = Buffer.from(text.replace('–', '\u0096').replace('€', '\u0080'), 'latin1');
it.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16 LE with a byte order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 BE with a byte order mark', Buffer.concat([Buffer.of(0xfe, 0xff), utf16be])],
  ['UTF-16 LE', Buffer.from(text, 'utf16le')],
  ['UTF-16 BE', utf16be],
  ['Windows-1252', windows1252],
])('decodes %s', (_, bytes) => {
  expect(decodeText(bytes)).toBe(text);
});
