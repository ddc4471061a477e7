import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CompanyField,
  type PersonField,
  readCompanyIdentifier,
  readPersonIdentifier,
} from '../../../src/enrichment/identifiers/identify.js';
import { companyLookupKey, personLookupKey } from '../../../src/enrichment/identifiers/record-keys.js';
import { refusalOf, valueOf } from './value-of.js';

type Place = ['company', CompanyField] | ['person', PersonField];

const places: readonly Place[] = [
  ['company', 'domain'],
  ['company', 'website'],
  ['company', 'linkedin'],
  ['company', 'abn'],
  ['person', 'linkedin'],
  ['person', 'workEmail'],
  ['person', 'personalEmail'],
];

/** The identifier and its lookup key; null where the text is refused. */
const read = ([record, field]: Place, text: string): { value: string; key: string } | null => {
  if (record === 'company') {
    const identifier = valueOf(readCompanyIdentifier(field, text));
    return identifier === null ? null : { value: identifier.value, key: companyLookupKey(identifier) };
  }
  const identifier = valueOf(readPersonIdentifier(field, text));
  return identifier === null ? null : { value: identifier.value, key: personLookupKey(identifier) };
};

const label = fc.stringMatching(/^[a-z][a-z0-9]{1,8}[a-z]$/).map((text) => `zq${text}`);
const host = fc
  .tuple(label, fc.constantFrom('com', 'com.au', 'example', 'co.nz', 'io', 'uk.com'))
  .map((parts) => parts.join('.'));
const slug = fc.stringMatching(/^[a-z][a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}$/).map((text) => `q${text}`);
const abnWeights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
const abn = fc.integer({ min: 100_000_000, max: 999_999_999 }).map((rest) => {
  const fits = (check: number): boolean => {
    const digits = `${check}${rest}`;
    const sum = abnWeights.reduce((total, weight, at) => total + weight * Number(digits[at]), -10);
    return sum % 89 === 0;
  };
  let check = 10;
  while (!fits(check)) check += 1;
  return `${check}${rest}`;
});

/** A place, and an identifier that is written there in its usual form. */
const identifiers: fc.Arbitrary<{ place: Place; usual: string; spellings: string[] }> = fc.oneof(
  fc.record({ place: fc.constantFrom(...places.slice(0, 2)), usual: host }).map((one) => ({
    ...one,
    spellings: [one.usual, `https://www.${one.usual}/about?x=1`, `HTTP://${one.usual.toUpperCase()}:80`],
  })),
  fc.record({ place: fc.constantFrom<Place>(['company', 'linkedin']), usual: slug }).map((one) => ({
    ...one,
    spellings: [
      one.usual,
      `https://www.linkedin.com/company/${one.usual}/`,
      `au.linkedin.com/company/${one.usual.toUpperCase()}?trk=x`,
    ],
  })),
  fc.record({ place: fc.constantFrom<Place>(['person', 'linkedin']), usual: slug }).map((one) => ({
    ...one,
    spellings: [
      one.usual,
      `https://www.linkedin.com/in/${one.usual}/`,
      `linkedin.com/comm/in/${one.usual}#x`,
    ],
  })),
  fc.record({ place: fc.constantFrom<Place>(['company', 'abn']), usual: abn }).map((one) => ({
    ...one,
    spellings: [
      one.usual,
      `AU${one.usual}`,
      `${one.usual}.0`,
      one.usual.replace(/(..)(...)(...)(...)/, '$1 $2 $3 $4'),
    ],
  })),
  fc
    .record({
      place: fc.constantFrom(...places.slice(5)),
      usual: fc.tuple(label, host).map((p) => p.join('@')),
    })
    .map((one) => ({
      ...one,
      spellings: [one.usual, one.usual.toUpperCase(), `mailto:${one.usual}`, `Mara Q <${one.usual}>`],
    })),
);

/** What lists, spreadsheets, chats and documents put around an identifier. */
const wrappers: readonly ((text: string) => string)[] = [
  (text) => ` ${text} `,
  (text) => `\u00A0${text}\u3000`,
  (text) => `\u200B${text}\uFEFF`,
  (text) => `\u202A${text}\u202C\u2060`,
  (text) => `'${text}`,
  (text) => `"${text}"`,
  (text) => `“${text}”`,
  (text) => `(${text})`,
  (text) => `[${text}]`,
  (text) => `<${text}>`,
  (text) => `${text},`,
  (text) => `${text};`,
  (text) => `${text})`,
  (text) => `\t${text}\r\n`,
  (text) => `="${text}"`,
];
const around = fc.array(fc.constantFrom(...wrappers), { maxLength: 3 });
const wrapped = (text: string, layers: readonly ((text: string) => string)[]): string =>
  layers.reduce((inner, wrap) => wrap(inner), text);

describe('every identifier', () => {
  it('has one key in all its spellings, whatever is around it', () => {
    fc.assert(
      fc.property(identifiers, fc.nat(), around, ({ place, usual, spellings }, at, layers) => {
        const spelling = spellings[at % spellings.length] ?? usual;
        expect([wrapped(spelling, layers), read(place, wrapped(spelling, layers))?.value]).toEqual([
          wrapped(spelling, layers),
          usual,
        ]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has another key than any other identifier', () => {
    fc.assert(
      fc.property(identifiers, identifiers, around, around, (one, other, layers, others) => {
        const isOne = one.usual === other.usual && one.place[1] === other.place[1];
        fc.pre(!isOne);
        const keys = [
          read(one.place, wrapped(one.usual, layers)),
          read(other.place, wrapped(other.usual, others)),
        ];
        // domain and website are one kind.
        const isSameSite =
          one.usual === other.usual && one.place[0] === 'company' && other.place[0] === 'company';
        expect(keys[0]?.key === keys[1]?.key).toBe(isSameSite && one.usual.includes('.'));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is left unchanged when it is read again', () => {
    const anything = fc.oneof(
      identifiers.map(({ usual }) => usual),
      fc.webUrl(),
      fc.emailAddress(),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fragments,
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), anything, (place, text) => {
        const once = read(place, text);
        if (once === null) return;
        // An identifier that was read as another kind is read again as that kind.
        const [, kind] = once.key.split(':');
        const again: Place = place[0] === 'company' && kind === 'linkedin' ? ['company', 'linkedin'] : place;
        // A slug that looks like a domain is one only in an address, as the ledger reads it.
        const written =
          kind === 'linkedin' && /\.[a-z]{2,}$/.test(once.value) ? addressOf(again, once.value) : once.value;
        expect([text, read(again, written)?.value]).toEqual([text, once.value]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is read or refused with a sentence, and nothing is thrown, when the text is arbitrary', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 5_000 }), fragments);
    fc.assert(
      fc.property(fc.constantFrom(...places), anything, ([record, field], text) => {
        const reading =
          record === 'company' ? readCompanyIdentifier(field, text) : readPersonIdentifier(field, text);
        expect('value' in reading || /^\S.*\.$/s.test(refusalOf(reading))).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  // Each of these would keep a pattern that backtracks busy for longer than a test may take.
  it.each(
    [
      ...String.raw`/ \ . , ; | @ ( [ < " ' - % %25 %E2%80%8B & = 1 1, a. a@ <a@b.c>, []( [x](y) xn-- ß`.split(
        ' ',
      ),
      ...'http:// https: www. urn:li: linkedin.com/ ABN 1E \uFDFA \u200B \u200D 👩\u200D a\u0301 İ'.split(
        ' ',
      ),
    ].flatMap((fragment): [string, number][] => [
      [fragment, 4_000],
      [fragment, 1_000_000],
    ]),
  )('is decided when the text is made to take long: %j, %i characters', (fragment, length) => {
    const text = fragment.repeat(Math.ceil(length / fragment.length)).slice(0, length);
    for (const place of places) {
      for (const one of [text, `${text}!`, `x${text}`, `https://${text.slice(8)}`]) {
        expect(read(place, one) === null || one.length <= 4_000).toBe(true);
      }
    }
  });
});

const addressOf = ([record]: Place, value: string): string =>
  `https://www.linkedin.com/${record === 'company' ? 'company' : 'in'}/${value}`;

/** Texts of the pieces that the readers look for, in any order. */
const fragments = fc
  .array(
    fc.constantFrom(
      ...'https:// http: // www. linkedin.com /in/ /company/ urn:li:organization: 1363540 a b-c'.split(' '),
      ...`. , ; @ ( ) [ ] < > | " ' % %2F %E2%80%8B & - ?x= # :80`.split(' '),
      ...'harbourline example com com.au careers github.io gmail.com mailto: ACwAAAbCdEf 53004085616'.split(
        ' ',
      ),
      ...'E+10 .0 ABN é e\u0301 İ J\u030C 🚀 １ =HYPERLINK(" \u200B \u200D \u00AD \u0000'.split(' '),
      ' ',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
