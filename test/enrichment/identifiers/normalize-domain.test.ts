import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeDomain } from '../../../src/enrichment/identifiers/normalize-domain.js';

const upperCased = (text: string, mask: boolean[]): string =>
  text.replace(/./g, (letter, index: number) => (mask[index] === true ? letter.toUpperCase() : letter));

const expectOwnSpelling = (text: string): void => {
  const once = normalizeDomain(text);
  expect(once === null ? null : normalizeDomain(once)).toBe(once);
};

describe('a domain', () => {
  it.each([
    ['smec.com', 'smec.com'],
    ['HTTPS://WWW.Smec.com/au', 'smec.com'],
    ['https://www.smec.com:443/au?x=1#y', 'smec.com'],
    ['http://smec.com:8080', 'smec.com'],
    ['//smec.com/', 'smec.com'],
    ['smec.com.', 'smec.com'],
    ['  smec.com\n', 'smec.com'],
    ['www2.smec.com', 'smec.com'],
    ['smec.com.au', 'smec.com.au'],
    ['www.com.au', 'com.au'],
    ['shop.smec.com', 'shop.smec.com'],
    ['smec.com?utm=1', 'smec.com'],
    ['smec.com#about', 'smec.com'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['MÜNCHEN.example', 'xn--mnchen-3ya.example'],
    ['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
    ['点看.example', 'xn--3pxu8k.example'],
    ['smec。com', 'smec.com'],
    ['%73mec.com', 'smec.com'],
    ['a-b.example', 'a-b.example'],
  ])('reads %j as %j', (spelling, domain) => {
    expect(normalizeDomain(spelling)).toBe(domain);
  });

  it.each([
    ['an e-mail address', 'ada@smec.com'],
    ['an e-mail link', 'mailto:ada@smec.com'],
    ['a user and a password', 'https://me:secret@smec.com'],
    ['an IPv4 address', '127.0.0.1'],
    ['an IPv4 address with a port', 'http://10.0.0.1:80/x'],
    ['an IPv4 address in one number', 'http://2130706433/'],
    ['an IPv6 address', 'http://[::1]/'],
    ['a word', 'smec'],
    ['a local name', 'localhost'],
    ['nothing', ''],
    ['blanks', '   '],
    ['dots', '...'],
    ['two dots', 'smec..com'],
    ['a blank inside', 'smec .com'],
    ['a hyphen at an end', '-smec.com'],
    ['a label that is too long', `${'a'.repeat(64)}.com`],
    ['a name that is too long', `${'a.'.repeat(130)}com`],
    ['a NUL', 'smec\u0000.com'],
    ['a percent sign', 'smec%2ecom%00'],
  ])('returns null when the domain is %s', (_, text) => {
    expect(normalizeDomain(text)).toBeNull();
  });

  const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}[a-z0-9]$/).filter((text) => !/^www\d?$/.test(text));
  const domain = fc
    .tuple(label, fc.constantFrom('com', 'com.au', 'example', 'co.nz'))
    .map((parts) => parts.join('.'));

  it('makes one key when a site is spelled in different ways', () => {
    fc.assert(
      fc.property(
        domain,
        fc.record({
          before: fc.constantFrom('', ' ', '\t'),
          scheme: fc.constantFrom('', 'http://', 'https://', 'HTTPS://', '//'),
          www: fc.constantFrom('', 'www.', 'WWW.', 'www1.'),
          dot: fc.constantFrom('', '.'),
          port: fc.constantFrom('', ':80', ':443', ':8443'),
          rest: fc.constantFrom('', '/', '/a/b', '?q=1', '#f', '/x@y', '/?u=https://other.example'),
          after: fc.constantFrom('', ' ', '\n'),
          mask: fc.array(fc.boolean(), { maxLength: 20 }),
        }),
        (name, spelling) => {
          const { before, scheme, www, dot, port, rest, after, mask } = spelling;
          const text = `${before}${scheme}${www}${upperCased(name, mask)}${dot}${port}${rest}${after}`;
          expect(normalizeDomain(text)).toBe(name);
        },
      ),
    );
  });

  it('returns a key unchanged when it is normalized again', () => {
    const anything = fc.oneof(domain, fc.webUrl(), fc.domain(), fc.string({ unit: 'grapheme' }));
    expect(() => fc.assert(fc.property(anything, expectOwnSpelling))).not.toThrow();
  });

  it('makes the same key when a plain name is written in capitals', () => {
    const part = fc.constantFrom(
      'a',
      'com',
      'www',
      'www1',
      'xn--',
      'bcher-kva',
      '--',
      '1',
      '0x7f',
      '_',
      '-',
      'o'.repeat(62),
    );
    const label = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
    const names = fc.array(fc.oneof(label, part), { maxLength: 4 }).map((labels) => labels.join('.'));
    fc.assert(
      fc.property(names, fc.constantFrom('.com', '.co', '.c', '', '.', '.xn--p1ai', '.1'), (name, end) => {
        expect(normalizeDomain(`${name}${end}`)).toBe(normalizeDomain(`${name}${end}`.toUpperCase()));
      }),
      { numRuns: 3_000 },
    );
  });

  it('makes different keys when the sites differ', () => {
    fc.assert(
      fc.property(domain, domain, (one, other) => {
        fc.pre(one !== other);
        expect(normalizeDomain(`https://www.${one}/`)).not.toBe(normalizeDomain(other));
      }),
    );
  });
});
