import { describe, expect, it } from 'vitest';
import { nameOfRecord } from '../../src/providers/name-of-record.js';
import { prefixesOf, wordsOfName } from '../../src/records/words.js';

/** Whether a search finds a name, as the statement compares them. */
const finds = (search: string, name: string): boolean =>
  prefixesOf(search).every((prefix) => wordsOfName(name).some((word) => word.startsWith(prefix)));

describe('the words of a name', () => {
  it.each([
    ['harb', 'Harbourline'],
    ['HARBOURLINE', 'Harbourline'],
    ['brew quill', 'Quillbourne Brewing'],
    ['muller', 'Hans Müller'],
    ['MÜLLER', 'Hans Muller'],
    ['mu\u0308ller', 'Hans Müller'],
    ['strasse', 'Grüne Straße GmbH'],
    ['soren', 'Søren Łukasik'],
    ['lukasik', 'Søren Łukasik'],
    ['istanbul', 'İSTANBUL Holding'],
    ['nguyen', 'Nguyễn Thị Đào'],
    ['dao', 'Nguyễn Thị Đào'],
    ["o'brien", "Sean O'Brien"],
    ['obrien', 'Sean O’Brien'],
    ['brien', "Sean O'Brien"],
    ['cocacola', 'Coca-Cola Amatil'],
    ['coca cola', 'Coca-Cola Amatil'],
    ['at&t', 'AT&T Inc.'],
    ['booking.com', 'Booking.com'],
    ['ＡＣＭＥ', 'Acme'],
    ['トヨタ', 'トヨタ自動車'],
    ['삼성', '삼성전자'],
    ['москва', 'МОСКВА Холдинг'],
    ['αθηνα', 'Αθήνα'],
    ['7-eleven', '7-Eleven'],
  ])('finds by %j the name %j', (search, name) => {
    expect(finds(search, name)).toBe(true);
  });

  it.each([
    ['line', 'Harbourline'],
    ['harbour gold', 'Harbourline'],
    ['harbourlines', 'Harbourline'],
  ])('does not find by %j the name %j', (search, name) => {
    expect(finds(search, name)).toBe(false);
  });

  it('has no word when a text has no letter and no digit', () => {
    for (const text of ['', '   ', '?!', '"', '%', '\0', '\ud800', '🦘']) {
      expect(prefixesOf(text)).toEqual([]);
      expect(wordsOfName(text)).toEqual([]);
    }
  });

  it('is limited when a name is very long', () => {
    const words = wordsOfName(`${'x'.repeat(100_000)} ${'word-'.repeat(50_000)} ${'a b c '.repeat(10_000)}`);
    expect(words.length).toBeLessThanOrEqual(50);
    expect(Math.max(...words.map(({ length }) => length))).toBe(60);
    expect(finds('x'.repeat(1_000), 'x'.repeat(1_000))).toBe(true);
  });
});

describe('the name of a record', () => {
  const person = { name: null, firstName: 'Mara', middleName: null, lastName: 'Ellery' };

  it.each([
    [{ name: 'Harbourline' }, 'Harbourline'],
    [{ name: ' Harbour\n\tline\0 ' }, 'Harbour line'],
    [{ name: '\ud800' }, null],
    [{ name: '' }, null],
    [{ name: null }, null],
    [person, 'Mara Ellery'],
    [{ ...person, name: 'M. Ellery' }, 'M. Ellery'],
    [{ ...person, firstName: null, lastName: null }, null],
  ])('reads %j as %j', (record, name) => {
    expect(nameOfRecord(record)).toBe(name);
  });

  it('is cut between characters when it is long', () => {
    expect(nameOfRecord({ name: '🦘'.repeat(1_000) })).toBe('🦘'.repeat(300));
  });
});
