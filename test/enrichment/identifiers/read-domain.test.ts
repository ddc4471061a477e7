import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDomain } from '../../../src/enrichment/identifiers/read-domain.js';
import { refusalOf, valueOf } from './value-of.js';

const upperCased = (text: string, mask: boolean[]): string =>
  text.replace(/./g, (letter, index: number) => (mask[index] === true ? letter.toUpperCase() : letter));

const expectOwnSpelling = (text: string): void => {
  const once = valueOf(readDomain(text));
  expect(once === null ? null : valueOf(readDomain(once))).toBe(once);
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
    ['shop.smec.com', 'smec.com'],
    ['WWW.SMEC.COM', 'smec.com'],
    ['https://careers.harbourline.example/jobs', 'harbourline.example'],
    ['about.harbourline.example', 'harbourline.example'],
    ['www.careers.harbourline.com.au', 'harbourline.com.au'],
    ['en.blog.harbourline.co.nz', 'harbourline.co.nz'],
    // What may be an organization of its own stays, and what is in front of it is dropped.
    ['law.unimelb.edu.au', 'law.unimelb.edu.au'],
    ['au.harbourline.example', 'au.harbourline.example'],
    ['careers.au.harbourline.example', 'au.harbourline.example'],
    ['press.harbourline.example', 'press.harbourline.example'],
    // A generic label that is the registered name itself.
    ['shop.com.au', 'shop.com.au'],
    ['www.careers.govt.nz', 'careers.govt.nz'],
    ['jobs.example', 'jobs.example'],
    ['harbourline.uk.com', 'harbourline.uk.com'],
    ['harbourline.example,', 'harbourline.example'],
    ['harbourline.example...', 'harbourline.example'],
    ['**harbourline.example**', 'harbourline.example'],
    ['• harbourline.example', 'harbourline.example'],
    ['* __https://harbourline.example__', 'harbourline.example'],
    ['harbourline.example%20', 'harbourline.example'],
    ['"harbourline.example"', 'harbourline.example'],
    ["'harbourline.example", 'harbourline.example'],
    ['“harbourline.example”', 'harbourline.example'],
    ['(harbourline.example)', 'harbourline.example'],
    ['["harbourline.example"]', 'harbourline.example'],
    ['\u200bharbourline.example\ufeff', 'harbourline.example'],
    ['harbour\u00adline.example', 'harbourline.example'],
    ['[harbourline.example](https://harbourline.example)', 'harbourline.example'],
    ['[Our site](https://harbourline.example/)', 'harbourline.example'],
    ['<https://harbourline.example|harbourline.example>', 'harbourline.example'],
    ['<a href="https://harbourline.example">site</a>', 'harbourline.example'],
    ['=HYPERLINK("https://harbourline.example","site")', 'harbourline.example'],
    ['Harbourline <https://harbourline.example>', 'harbourline.example'],
    ['harbourline.example (Australia)', 'harbourline.example'],
    ['Website: harbourline.example', 'harbourline.example'],
    ['http://http://harbourline.example', 'harbourline.example'],
    ['http://https://harbourline.example', 'harbourline.example'],
    ['https//harbourline.example', 'harbourline.example'],
    ['https:/harbourline.example', 'harbourline.example'],
    ['https:harbourline.example', 'harbourline.example'],
    ['https:// harbourline.example', 'harbourline.example'],
    ['htps://harbourline.example', 'harbourline.example'],
    ['ttps://harbourline.example', 'harbourline.example'],
    ['https;//harbourline.example', 'harbourline.example'],
    ['https:\\\\harbourline.example\\x', 'harbourline.example'],
    ['https%3A%2F%2Fharbourline.example%2F', 'harbourline.example'],
    ['@harbourline.example', 'harbourline.example'],
    ['harbourline.example; https://www.harbourline.example/au', 'harbourline.example'],
    ['https://harbourline.example/a,b.html;c', 'harbourline.example'],
    // The companies that run such hosts, whose pages of others are elsewhere.
    ['https://www.seek.com.au/', 'seek.com.au'],
    ['github.com', 'github.com'],
    ['https://www.bamboohr.com/?utm=1', 'bamboohr.com'],
    ['careers.greenhouse.io', 'greenhouse.io'],
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
    expect(valueOf(readDomain(spelling))).toBe(domain);
  });

  it.each([
    ['www. in front of a public suffix', 'www.com.au'],
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
    expect(valueOf(readDomain(text))).toBeNull();
  });

  // No host of the lists begins so.
  const label = fc.stringMatching(/^zq[a-z0-9]{0,8}[a-z0-9]$/);
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
          expect(valueOf(readDomain(text))).toBe(name);
        },
      ),
    );
  });

  it('returns a key unchanged when it is normalized again', () => {
    const anything = fc.oneof(domain, fc.webUrl(), fc.domain(), fc.string({ unit: 'grapheme' }));
    expect(() => fc.assert(fc.property(anything, expectOwnSpelling))).not.toThrow();
  });

  it.each([
    ['com.au', /^com\.au is a public suffix/],
    ['co.uk', /^co\.uk is a public suffix/],
    ['https://www.co.nz/', /^co\.nz is a public suffix/],
    ['uk.com', /^uk\.com is a public suffix/],
    ['公司.cn', /^xn--55qx5d\.cn is a public suffix/],
    ['gmail.com', /^gmail\.com is an e-mail provider/],
    ['www.bigpond.com', /^bigpond\.com is an e-mail provider/],
    ['xtra.co.nz', /^xtra\.co\.nz is an e-mail provider/],
    ['outlook.live.com', /^live\.com is an e-mail provider/],
    ['android-app://com.harbourline', /of the scheme android-app, not of a website/],
    ['ftp://harbourline.example', /of the scheme ftp,/],
    ['tel:+61 3 9000 0000', /of the scheme tel,/],
    ['javascript:alert(1)', /of the scheme javascript,/],
    ['mailto:ada@smec.com', /^This is an e-mail address/],
    ['ada@smec.com', /^This is an e-mail address/],
    ['https://me:secret@smec.com', /user name in front of an @/],
    ['http://10.0.0.1:80/x', /^An IP address names no company/],
    ['printer.local', /name of a private network/],
    ['facebook.com/harbourline', /^facebook\.com is a social network/],
    ['https://m.facebook.com/harbourline', /belongs to facebook\.com, which is a social network/],
    ['https://x.com/harbourline', /^x\.com is a social network/],
    ['bit.ly/3xyz', /^bit\.ly shortens or collects links/],
    ['linktr.ee/harbourline', /^linktr\.ee shortens or collects links/],
    ['https://jobs.lever.co/harbourline', /^jobs\.lever\.co lists jobs/],
    ['https://apply.workable.com/harbourline/', /^apply\.workable\.com lists jobs/],
    ['https://boards.greenhouse.io/harbourline', /^boards\.greenhouse\.io lists jobs/],
    ['https://harbourline.bamboohr.com/careers', /belongs to bamboohr\.com, which lists jobs/],
    ['https://harbourline.teamtailor.com', /belongs to teamtailor\.com, which lists jobs/],
    ['https://harbourline.notion.site', /belongs to notion\.site, which hosts pages/],
    ['https://docs.google.com/document/d/1', /^docs\.google\.com hosts documents/],
    ['https://sites.google.com/view/harbourline', /^sites\.google\.com hosts pages/],
    ['harbourline.wixsite.com', /belongs to wixsite\.com, which hosts pages/],
    ['harbourline.github.io', /belongs to github\.io, which hosts pages/],
    ['github.io', /^github\.io hosts pages/],
    ['harbourline.s3.amazonaws.com', /belongs to s3\.amazonaws\.com, which hosts pages/],
    ['harbourline.substack.com', /belongs to substack\.com, which hosts pages/],
    ['https://apps.apple.com/au/app/x', /^apps\.apple\.com lists apps/],
    ['https://github.com/harbourline', /^github\.com hosts pages/],
    ['https://www.seek.com.au/companies/harbourline', /^seek\.com\.au lists jobs/],
    ['https://www.yellowpages.com.au/vic/harbourline', /^yellowpages\.com\.au is a directory/],
    ['https://web.archive.org/web/2020/https://harbourline.example', /^web\.archive\.org hosts pages/],
    [
      'harbourline.example;www.other.example',
      /more than one domain \(harbourline\.example, other\.example\)/,
    ],
    ['harbourline.example https://other.example', /more than one domain/],
    ['https://a.example/, https://b.example/', /more than one domain/],
    ['[a.example](https://b.example)', /more than one domain/],
    ['a.example / b.example', /more than one domain/],
    ['a.example and b.example', /more than one domain/],
    ['smec', /^This is not a domain/],
    ['harbourline.example:abc', /^This is not a domain/],
    [`https://${'a'.repeat(5_000)}.com`, /longer than 4000 characters/],
  ])('says why it refuses %j', (text, reason) => {
    expect(refusalOf(readDomain(text))).toMatch(reason);
  });

  it('is refused before it is normalized when it is long', () => {
    expect(refusalOf(readDomain('\uFDFA'.repeat(300_000)))).toMatch(/longer than/);
    expect(valueOf(readDomain('\uFDFA'.repeat(3_999)))).toBeNull();
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
        expect(valueOf(readDomain(`${name}${end}`))).toBe(valueOf(readDomain(`${name}${end}`.toUpperCase())));
      }),
      { numRuns: 3_000 },
    );
  });

  it('makes different keys when the sites differ', () => {
    fc.assert(
      fc.property(domain, domain, (one, other) => {
        fc.pre(one !== other);
        expect(valueOf(readDomain(`https://www.${one}/`))).not.toBe(valueOf(readDomain(other)));
      }),
    );
  });
});
