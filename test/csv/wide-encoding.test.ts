import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeText } from '../../src/csv/decode-text.js';
import { wideEncodingOf } from '../../src/csv/wide-encoding.js';
import { kindOfFile } from '../../src/csv/file-kind.js';

const scripts: Record<string, string> = {
  Latin: 'abcdefghijklmnopqrstuvwxyzABCDEFGHäöüéèßñ',
  capitals: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  Cyrillic: 'абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОП',
  Greek: 'αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔ',
  Hebrew: 'אבגדהוזחטיכלמנסעפצקרשת',
  Arabic: 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  Devanagari: 'अआइईउऊकखगघचछजझटठडढतथदधनपफबभमयरलवशषसह',
  Gujarati: 'અઆઇઈઉઊકખગઘચછજઝટઠડઢતથદધનપફબભમયરલવશષસહ',
  Malayalam: 'അആഇഈഉഊകഖഗഘചഛജഝടഠഡഢതഥദധനപഫബഭമയരലവശഷസഹ',
  Thai: 'กขคงจฉชซญดตถทธนบปผฝพฟมยรลวศษสหอฮ',
  Korean: '가나다라마바사아자차카타파하한국회사주식전자',
  kana: 'あいうえおかきくけこさしすせそたちつてとアイウエオカキクケコサシスセソタチツテトー',
  Japanese: '一二三上不日本東京大阪株式会社電機工業商事製作所製薬銀行のはをがアイウ　、。',
};
const names = Object.keys(scripts);

/** Tables of one script, with domains and numbers between. */
const tables = (script: string): fc.Arbitrary<string> => {
  const word = fc.string({
    unit: fc.constantFrom(...Array.from(scripts[script] ?? '')),
    minLength: 2,
    maxLength: 30,
  });
  const cell = fc.oneof({ weight: 4, arbitrary: word }, fc.constantFrom('x.example', '2026-11-30', '', '42'));
  const cells = fc.array(cell, { minLength: 1, maxLength: 3 });
  const rows = fc.array(fc.tuple(word, cells), { minLength: 3, maxLength: 60 });
  return fc
    .tuple(rows, fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n', '\r'))
    .map(([all, separator, lineBreak]) =>
      all.map(([first, rest]) => [first, ...rest].join(separator) + lineBreak).join(''),
    );
};

const bytesOfShiftJis = (): ReadonlyMap<string, readonly number[]> => {
  const decoder = new TextDecoder('shift_jis');
  const all = new Map<string, readonly number[]>();
  for (let first = 0x20; first < 0xfd; first += 1) {
    all.set(decoder.decode(Uint8Array.of(first)), [first]);
    if (first > 0x80)
      for (let second = 0x40; second < 0xfd; second += 1)
        all.set(decoder.decode(Uint8Array.of(first, second)), [first, second]);
  }
  for (const control of '\t\r\n') all.set(control, [control.charCodeAt(0)]);
  return all;
};

it.each(names)('recognizes UTF-16 without a byte order mark when a table is %s', (script) => {
  fc.assert(
    fc.property(tables(script), (text) => {
      const little = Buffer.from(text, 'utf16le');
      const big = Buffer.from(little).swap16();
      expect([wideEncodingOf(little), wideEncodingOf(big)]).toEqual(['utf-16le', 'utf-16be']);
      expect([decodeText(little), decodeText(big)]).toEqual([text, text]);
      expect([kindOfFile(little), kindOfFile(big)]).toEqual(['TEXT', 'TEXT']);
    }),
    { numRuns: 100 },
  );
});

it.each(names)('reads no UTF-16 when a table of %s is in UTF-8', (script) => {
  fc.assert(
    fc.property(tables(script), fc.constantFrom('', '\0', ',\0,', '\0\0'), (text, zeros) => {
      expect(decodeText(Buffer.from(text + zeros))).toBe(text + zeros);
    }),
    { numRuns: 100 },
  );
});

it('reads no UTF-16 when a table is in Windows-1252 or Shift_JIS', () => {
  const shiftJis = bytesOfShiftJis();
  const latin = tables('Latin').map((text) => Buffer.from(text, 'latin1'));
  const japanese = fc
    .oneof(tables('Japanese'), tables('kana'))
    .map((text) => Buffer.from(Array.from(text).flatMap((one) => shiftJis.get(one) ?? [])));
  fc.assert(
    fc.property(fc.oneof(latin, japanese), (bytes) => {
      expect(wideEncodingOf(bytes)).toBeNull();
    }),
    { numRuns: 400 },
  );
});

it('reads no UTF-16 when cells of UTF-8 are zero bytes, or bytes are numbers', () => {
  expect(wideEncodingOf(Buffer.from('a,\0,\0,b\r\n'.repeat(200)))).toBeNull();
  expect(wideEncodingOf(Buffer.from('zoë,\0,\0,b\n'.repeat(200)))).toBeNull();
  const numbers = Uint16Array.from({ length: 1_000 }, (_, at) => (at * 7) % 300);
  expect(wideEncodingOf(new Uint8Array(numbers.buffer))).toBeNull();
});
