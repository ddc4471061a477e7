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
  ])('chooses a separator: %s', (_, text, separator) => {
    const scanner = createCsvScanner();
    scanner.scan(text);
    scanner.end();
    expect(scanner.separator()).toBe(separator);
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
