import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecoder, decodeText } from '../../src/csv/decode-text.js';
import { createLines } from '../../src/csv/lines.js';
import { readCsv } from '../../src/csv/read-csv.js';
import { createCsvScanner } from '../../src/csv/scan-csv.js';

const scan = (text: string, charactersMax?: number) => {
  const scanner = createCsvScanner(charactersMax);
  return [...scanner.scan(text), ...scanner.end()];
};
/** Rows on successive lines. */
const lined = (first: number, ...rows: string[][]) => rows.map((cells, at) => ({ line: first + at, cells }));
const ambiguous = (text: string) => scan(text).flatMap((item) => ('isAmbiguous' in item ? [item.line] : []));
const cellsOf = (text: string) => scan(text).map((item) => ('cells' in item ? item.cells : item));

describe('the CSV reader', () => {
  it('returns what csv-parse returns when a file is written by the rules', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ' ', '\n', '\r', ';', 'é'), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), (rows, lineBreak) => {
        const lines = rows.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(','));
        const text = lines.join(lineBreak);
        expect(cellsOf(text)).toEqual(
          parse(text, { relax_column_count: true, record_delimiter: [lineBreak] }),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('returns the same rows and faults when the text comes in pieces', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', ' ', '\n', '\r', 'x'), maxLength: 60 });
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    fc.assert(
      fc.property(text, sizes, (whole, steps) => {
        const lines = createLines(',', 1_000, 1);
        const items: unknown[] = [];
        for (let at = 0, step = 0; at < whole.length; step += 1) {
          const size = steps[step % steps.length] ?? 1;
          items.push(...lines.read(whole.slice(at, at + size), false));
          at += size;
        }
        items.push(...lines.read('', true));
        expect(items).toEqual(createLines(',', 1_000, 1).read(whole, true));
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps the spaces of a cell, and finds a quote behind a space', () => {
    expect(cellsOf(' a , "b, c" ,d \n')).toEqual([[' a ', 'b, c', 'd ']]);
    expect(cellsOf('a,"b" c,"d""e"\n')).toEqual([['a', '"b" c', 'd"e']]);
  });

  it('goes on at the next line when a quote is never closed', () => {
    expect(scan('a,b\n1,"x\n2,y\n3,z\n')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, fault: 'UNCLOSED_QUOTE' },
      { line: 3, cells: ['2', 'y'] },
      { line: 4, cells: ['3', 'z'] },
    ]);
    expect(readCsv('a,b\n1,"x\n')).toEqual({ unclosedLine: 2 });
  });

  it.each<[string, string, unknown[]]>([
    [
      'a later cell is in quotes',
      'a,b\n1,"x\n2,y\n3,"B"\n4,z\n',
      [{ line: 2, fault: 'UNCLOSED_QUOTE' }, ...lined(3, ['2', 'y'], ['3', 'B'], ['4', 'z'])],
    ],
    [
      'a later line begins with a quote',
      'a,b\n1,"x\n"2",y\n',
      [{ line: 2, fault: 'UNCLOSED_QUOTE' }, ...lined(3, ['2', 'y'])],
    ],
    [
      'later cells are empty or begin with a quote',
      'a,b\n"x\n1,""\n2,"""q"""\n',
      [{ line: 2, fault: 'UNCLOSED_QUOTE' }, ...lined(3, ['1', ''], ['2', '"q"'])],
    ],
    [
      'a later cell begins with the separator',
      'a,b,c\n1,"x,c\n2,y,", Inc"\n',
      [{ line: 2, fault: 'UNCLOSED_QUOTE' }, ...lined(3, ['2', 'y', ', Inc'])],
    ],
    [
      'a later cell is the separator',
      'a,b\n1,"x\n2,y\n3,",",z\n',
      [{ line: 2, fault: 'UNCLOSED_QUOTE' }, ...lined(3, ['2', 'y'], ['3', ',', 'z'])],
    ],
    [
      'quotes inside of its cell are not doubled',
      'a,b\r\n1,"x\r\nsaid "hi" there",y\r\n2,z\r\n',
      [{ line: 2, fault: 'UNCLOSED_QUOTE' }, ...lined(3, ['said "hi" there"', 'y'], ['2', 'z'])],
    ],
  ])('loses no row behind a quote that is left open when %s', (_, text, behind) => {
    expect(scan(text).slice(1)).toEqual(behind);
  });

  it('keeps a cell of several lines whose quotes are closed, also before a space', () => {
    expect(cellsOf('a,b,c\n1,"x\ny" ,2\n"12 Main St,\nPerth,","p ""q""\n" \n')).toEqual([
      ['a', 'b', 'c'],
      ['1', 'x\ny', '2'],
      ['12 Main St,\nPerth,', 'p "q"\n'],
    ]);
  });

  it('marks a cell of several lines as ambiguous when each of them could be a row', () => {
    expect(ambiguous('a,b\n1,"x\n2,y\n3,27"\n4,z\n5,"x\n6,27"')).toEqual([2, 6]);
    expect(ambiguous('a\n"x\ny"\n')).toEqual([2]);
    expect(ambiguous('a,b,c\n1,"12 Main St\nPerth, WA",z\n')).toEqual([]);
  });

  it.each([
    ['a quote that is left open before one in a later line', 'a,b\r\n1,"x\r\n2,y\r\n3,"B"\r\n4,z'],
    ['a quote that is left open before one that is a cell', '1,"x\n2,y\n3," ",z\n4,",",z\n'],
    ['a quote that may open a later row', '1,"x,c\r2,y,", Inc"\r3,"",z\r'],
    ['lines that could be rows', '1,"x\r\n2,27"\r\n3,z\r\n'],
    ['cells of several lines', '"x\r\ny" ,"p ""q""\n",\t"z"\r\n"a" b,"c"\r\n'],
    ['a quote that is never closed', 'a,"b\r\nc,""d""\r\ne'],
  ])('returns the same when a text with %s is cut at any place', (_, text) => {
    const whole = createLines(',', 1_000, 1).read(text, true);
    for (let cut = 0; cut <= text.length; cut += 1) {
      const lines = createLines(',', 1_000, 1);
      const items = [...lines.read(text.slice(0, cut), false), ...lines.read(text.slice(cut), true)];
      expect(items).toEqual(whole);
    }
  });

  it('leaves out a row that is too long, and counts on', () => {
    const long = 'x'.repeat(200);
    expect(scan(`a,b\n${long},1\n"${long}\n${long}",2\n3,c\n`, 100)).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, fault: 'TOO_LONG' },
      { line: 3, fault: 'TOO_LONG' },
      { line: 5, cells: ['3', 'c'] },
    ]);
  });

  it.each([
    ['the most frequent in the first line', 'a;b;c\n1,5;2;3\n', ';'],
    ['the one that the next lines agree on', 'Name, legal;Site\nx;y\nz;w\n', ';'],
    ['behind empty lines', '\n\na\tb\n', '\t'],
    ['the named one', 'sep=|\na,b|c\n', '|'],
    ['that of the row in which another is named', '"sep=;",\na;b;c,d\n', ','],
    ['the comma where there is none', 'a\nb\n', ','],
    ['against commas in the header', 'Name, legal, full;Website\nA;a.example\nB;x.example\n', ';'],
    ['against commas in a header of tabs', 'Name, legal, x\tWebsite\tRev, AUD\nA\ta.example\t1,5\n', '\t'],
    ['against commas in a header of bars', 'Company, Inc. name, short|Website\nA|a.example\n', '|'],
    ['by one row', 'id;domain, main, x, y\nf000000117274;a.example', ';'],
    ['by the header when rows are uneven', 'a;b;c;d, x\nA, Inc;1\nB;2;3\nC;4;5\n', ';'],
    ['by the header when there are no rows', 'Website,"a;b;c;d"\n', ','],
    ['against a cell in quotes', '"a;b;c;d",Website\n', ','],
    ['against a long cell in quotes', `Website;"${'a,b,'.repeat(50_000)}"\na.example;x\n`, ';'],
    ['against a long cell in quotes at the start', `"${'a,b,'.repeat(50_000)}";Website\nx;a.example\n`, ';'],
    ['with inches', 'Name;Size\nA, B, "x;27"\nC, D;32"\nE;1"\n', ';'],
    ['behind a title', 'Export vom 1.11.2026\nName;Website\nA;a.example\n', ';'],
    ['behind a title with commas', 'Export, all, 2026\n\nName\tWebsite\nA\ta.example\n', '\t'],
    ['not in texts of one column', 'Note\nx; y\nz; w\n', ','],
  ])('chooses a separator: %s', (_, text, separator) => {
    const scanner = createCsvScanner();
    scanner.scan(text);
    scanner.end();
    expect(scanner.separator()).toBe(separator);
  });

  it('chooses the same separator when a text comes in pieces', () => {
    const text = `Website;"${'a,b,'.repeat(30_000)}"\na.example;x\n`;
    const scanner = createCsvScanner(1_000_000);
    const items = [...text.matchAll(/[^]{1,977}/g)].flatMap(([piece]) => scanner.scan(piece));
    expect([...items, ...scanner.end()]).toEqual(scan(text));
    expect(scanner.separator()).toBe(';');
  });

  it.each([
    ['spaces behind it', 'sep=; \r\n', 2],
    ['spaces in it', ' sep = ;\n', 2],
    ['empty lines in front of it', '\r\n \nsep=;\n', 4],
    ['quotes and spaces', '"sep=;" ,,\n', 2],
  ])('reads a line that names the separator with %s', (_, line, first) => {
    const items = scan(`${line}a,b;c,d\n`);
    expect(items).toEqual(lined(first, line.includes('"') ? ['a', 'b;c', 'd'] : ['a,b', 'c,d']));
  });

  it('reads a tab and a space as the named separator', () => {
    expect(cellsOf('sep=\\t\na,b\tc;d\n')).toEqual([['a,b', 'c;d']]);
    expect(cellsOf('sep=\t\na,b\tc;d\n')).toEqual([['a,b', 'c;d']]);
    expect(cellsOf('sep= \na,b c;d\n')).toEqual([['a,b', 'c;d']]);
  });

  it('leaves out the Ctrl-Z that ends a text, and no other', () => {
    expect(cellsOf('a,b\r\n1,2\r\n\u001a')).toEqual(cellsOf('a,b\r\n1,2\r\n'));
    const scanner = createCsvScanner();
    const items = ['a,b\n1,\u001a', '2\u001a', ''].flatMap((piece) => scanner.scan(piece));
    expect([...items, ...scanner.end()]).toEqual(lined(1, ['a', 'b'], ['1', '\u001a2']));
  });

  it('leaves the line that names the separator out, also where it was filled up', () => {
    expect(readCsv('sep=;;;\na;b,c;d\n')).toEqual([{ line: 2, cells: ['a', 'b,c', 'd'] }]);
  });
});

describe('the decoder', () => {
  const text = 'id,name\r\nf1,Zoë Müller – Søn €😀\r\n';

  it('returns the same text when the bytes come one by one', () => {
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
      const decoder = createDecoder();
      let decoded = '';
      for (const byte of bytes) decoded += decoder.decode(Uint8Array.of(byte));
      expect(decoded + decoder.end()).toBe(text);
    }
  });

  it('reads a stray byte as Windows-1252, and counts it, when the rest is UTF-8', () => {
    const decoder = createDecoder();
    const bytes = Buffer.concat([Buffer.from('Zoë '), Buffer.of(0xe9, 0x80), Buffer.from(' ü')]);
    expect(decoder.decode(bytes) + decoder.end()).toBe('Zoë é€ ü');
    expect([decoder.encoding(), decoder.strayBytes()]).toEqual(['utf-8', 2]);
    expect(decodeText(Buffer.of(0x43, 0xc9, 0x92, 0xff))).toBe('Cɒÿ');
  });

  it('uses the charset that the client names when there is no byte order mark', () => {
    const decoder = createDecoder('shift_jis');
    expect(decoder.decode(Buffer.of(0x83, 0x65, 0x83, 0x58)) + decoder.end()).toBe('テス');
    expect(decoder.encoding()).toBe('shift_jis');
    const marked = createDecoder('shift_jis');
    expect(marked.decode(Buffer.from('\ufeffテ')) + marked.end()).toBe('テ');
  });
});
