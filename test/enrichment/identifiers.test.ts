import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { GatewayError } from '../../src/errors.js';
import {
  identifyCompany as identifyCompanyFor,
  identifyPerson as identifyPersonFor,
} from '../../src/enrichment/identifiers/identify.js';
import { normalizeAbn } from '../../src/enrichment/identifiers/normalize-abn.js';
import { normalizeDomain } from '../../src/enrichment/identifiers/normalize-domain.js';
import { normalizeEmail } from '../../src/enrichment/identifiers/normalize-email.js';
import { companyLookupKeys, personLookupKeys } from '../../src/enrichment/identifiers/record-keys.js';
import { normalizeLinkedin } from '../../src/enrichment/identifiers/normalize-linkedin.js';
import type { CompanyKey, PersonKey } from '../../src/enrichment/lookup-request.js';
import { createProviders } from '../../src/providers/catalogue.js';
import { silentLog } from '../support/silent-log.js';

const catalogue = Object.values(createProviders({ sandboxUrls: {}, log: silentLog }));
afterAll(() => Promise.all(catalogue.map((provider) => provider.close())));
const identifyCompany = (key: CompanyKey) => identifyCompanyFor(key, catalogue);
const identifyPerson = (key: PersonKey) => identifyPersonFor(key, catalogue);

const upperCased = (text: string, mask: boolean[]): string =>
  text.replace(/./g, (letter, index: number) => (mask[index] === true ? letter.toUpperCase() : letter));

const expectOwnSpelling = (text: string): void => {
  const once = normalizeDomain(text);
  expect(once === null ? null : normalizeDomain(once)).toBe(once);
};

const expectIdentifiedOrRefused = (field: keyof CompanyKey, text: string): void => {
  const identify = (): string => {
    try {
      return typeof identifyCompany({ [field]: text }).value;
    } catch (error) {
      return error instanceof GatewayError ? error.code : String(error);
    }
  };
  expect(['string', 'INVALID_IDENTIFIER']).toContain(identify());
};

describe('a domain', () => {
  test.each([
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
  ])('%j is %j', (spelling, domain) => {
    expect(normalizeDomain(spelling)).toBe(domain);
  });

  test.each([
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
  ])('%s names no site', (_, text) => {
    expect(normalizeDomain(text)).toBeNull();
  });

  const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}[a-z0-9]$/).filter((text) => !/^www\d?$/.test(text));
  const domain = fc
    .tuple(label, fc.constantFrom('com', 'com.au', 'example', 'co.nz'))
    .map((parts) => parts.join('.'));

  test('all spellings of one site are one key', () => {
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

  test('a key is its own spelling: what was made once is made of itself again', () => {
    const anything = fc.oneof(domain, fc.webUrl(), fc.domain(), fc.string({ unit: 'grapheme' }));
    expect(() => fc.assert(fc.property(anything, expectOwnSpelling))).not.toThrow();
  });

  test('a name written plainly, which needs no look into other alphabets, is what it is in capitals', () => {
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

  test('different sites stay different', () => {
    fc.assert(
      fc.property(domain, domain, (one, other) => {
        fc.pre(one !== other);
        expect(normalizeDomain(`https://www.${one}/`)).not.toBe(normalizeDomain(other));
      }),
    );
  });
});

describe('an ABN', () => {
  test.each([
    ['47065475149', '47065475149'],
    ['47 065 475 149', '47065475149'],
    [' 47-065-475-149 ', '47065475149'],
    ['ABN 47 065 475 149', '47065475149'],
    ['abn: 47065475149', '47065475149'],
    ['47\u00a0065\u00a0475\u00a0149', '47065475149'],
  ])('%j is %j', (spelling, abn) => {
    expect(normalizeAbn(spelling)).toBe(abn);
  });

  test.each([
    '47065475148',
    '74065475149',
    '4706547514',
    '470654751490',
    '065475149',
    'x',
    '',
    '٤٧٠٦٥٤٧٥١٤٩',
  ])('%j is none', (text) => {
    expect(normalizeAbn(text)).toBeNull();
  });

  test('one wrong digit never passes, however it is spaced', () => {
    fc.assert(
      fc.property(fc.nat(10), fc.integer({ min: 1, max: 9 }), fc.nat(11), (place, shift, gap) => {
        const digits = '47065475149'.split('');
        digits[place] = String((Number(digits[place]) + shift) % 10);
        digits.splice(gap, 0, ' ');
        expect(normalizeAbn(digits.join(''))).toBeNull();
      }),
    );
  });
});

describe('the names of a record', () => {
  const record = { id: 'f1', domain: null, website: null, linkedin: null, identifiers: null };

  test('hold its page, also where that looks like a domain', () => {
    expect(companyLookupKeys({ ...record, linkedin: 'booking.com' })).toContain(
      'company:linkedin:booking.com',
    );
    const person = { id: 'fp1', linkedin: 'jane.doe', emails: null };
    expect(personLookupKeys(person)).toContain('person:linkedin:jane.doe');
  });

  test('hold a domain that many give as their site only where it is its own', () => {
    const website = 'https://github.com/';
    expect(companyLookupKeys({ ...record, website })).toEqual(['company:id:f1']);
    expect(companyLookupKeys({ ...record, website, linkedin: 'github' })).toContain(
      'company:domain:github.com',
    );
  });
});

describe('a LinkedIn page', () => {
  test('of a text made to take long is none, at once', () => {
    expect(normalizeLinkedin('company', `${'/'.repeat(5_000_000)}x`)).toBeNull();
  });

  test.each([
    ['company', 'smec', 'smec'],
    ['company', 'https://www.linkedin.com/company/smec', 'smec'],
    ['company', 'https://www.linkedin.com/company/smec/', 'smec'],
    ['company', 'https://au.linkedin.com/company/SMEC/about/?x=1', 'smec'],
    ['company', 'linkedin.com/company/smec', 'smec'],
    ['company', 'HTTP://LinkedIn.com/Company/Smec#x', 'smec'],
    ['company', 'https://www.linkedin.com/school/unsw', 'unsw'],
    ['company', 'company/smec', 'smec'],
    ['company', '/company/smec/', 'smec'],
    ['company', 'https://www.linkedin.com/company/caf%C3%A9-x', 'café-x'],
    ['company', 'https://www.linkedin.com/company/cafe%CC%81-x', 'café-x'],
    ['person', 'https://www.linkedin.com/in/ada-lovelace-123/', 'ada-lovelace-123'],
    ['person', 'https://nz.linkedin.com/in/Ada-Lovelace-123?trk=x', 'ada-lovelace-123'],
    ['company', 'https://www.linkedin.com/company/booking.com', 'booking.com'],
    ['person', 'linkedin.com/in/ada', 'ada'],
    ['person', 'https://au.linkedin.com/pub/ada/', 'ada'],
    ['person', 'in/ada', 'ada'],
    ['person', '@ada', 'ada'],
    ['person', 'ada', 'ada'],
  ] as const)('of a %s: %j is %j', (kind, spelling, slug) => {
    expect(normalizeLinkedin(kind, spelling)).toBe(slug);
  });

  test.each([
    ['company', 'https://www.linkedin.com/in/ada'],
    ['person', 'https://www.linkedin.com/company/smec'],
    ['company', 'https://www.linkedin.com/'],
    ['company', 'https://www.linkedin.com/company/'],
    ['company', 'https://www.linkedin.com/feed/update/1'],
    ['company', 'smec.com'],
    ['company', 'https://smec.com/company/smec'],
    ['company', 'https://linkedin.com.evil.example/company/smec'],
    // Another person's, if the end were cut off: these numbers told people of one name apart.
    ['person', 'https://au.linkedin.com/pub/john-smith/12/345/678'],
    ['company', ''],
    ['company', 'two words'],
    ['company', 'a/b'],
    ['person', '%E0%A4%A'],
    ['person', 'a'.repeat(300)],
  ] as const)('of no %s: %j', (kind, text) => {
    expect(normalizeLinkedin(kind, text)).toBeNull();
  });

  test('all spellings of one page are one key, and never one of the other kind', () => {
    const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}[a-z0-9]$/);
    fc.assert(
      fc.property(
        slug,
        fc.constantFrom('', 'http://', 'https://'),
        fc.constantFrom('', 'www.', 'au.', 'nz.', 'uk.'),
        fc.constantFrom('', '/', '/about', '?trk=1', '#x', '/?a=/in/b'),
        fc.boolean(),
        (text, scheme, country, rest, upper) => {
          const spelling = `${scheme}${country}linkedin.com/company/${upper ? text.toUpperCase() : text}${rest}`;
          expect(normalizeLinkedin('company', spelling)).toBe(text);
          expect(normalizeLinkedin('company', text)).toBe(text);
          expect(normalizeLinkedin('person', spelling)).toBeNull();
        },
      ),
    );
  });
});

describe('an e-mail address', () => {
  test.each([
    ['Ada@Smec.com', 'ada@smec.com'],
    [' ada@smec.com ', 'ada@smec.com'],
    ['mailto:ada@smec.com', 'ada@smec.com'],
    ['<ada@smec.com>', 'ada@smec.com'],
    ['ada+crm@smec.com', 'ada+crm@smec.com'],
    ["o'neil@smec.com", "o'neil@smec.com"],
    ['ada@www.smec.com', 'ada@www.smec.com'],
    ['ada@münchen.example', 'ada@xn--mnchen-3ya.example'],
    ['a.b@smec.com', 'a.b@smec.com'],
  ])('%j is %j', (spelling, email) => {
    expect(normalizeEmail(spelling)).toBe(email);
  });

  test.each([
    'ada',
    'ada@',
    '@smec.com',
    'ada@smec',
    'a b@smec.com',
    'a@b@smec.com',
    'ada@smec.com/x',
    'ada@127.0.0.1',
    'ada@smec.com, bob@smec.com',
    `${'a'.repeat(65)}@smec.com`,
    'ada\u0000@smec.com',
    '',
  ])('%j is none', (text) => {
    expect(normalizeEmail(text)).toBeNull();
  });

  test('an address is one key in any case', () => {
    const local = fc.stringMatching(/^[a-z0-9][a-z0-9._+-]{0,10}[a-z0-9]$/);
    fc.assert(
      fc.property(
        local,
        fc.constantFrom('smec.com', 'mail.smec.com.au'),
        fc.boolean(),
        (name, host, link) => {
          const email = `${name}@${host}`;
          expect(normalizeEmail(`${link ? 'mailto:' : ' '}${email.toUpperCase()}`)).toBe(email);
          expect(normalizeEmail(email)).toBe(email);
        },
      ),
    );
  });
});

describe('what an ask names', () => {
  test('a website counts as its domain, and ids know their kind', () => {
    expect(identifyCompany({ website: 'https://www.smec.com/' })).toEqual(
      identifyCompany({ domain: 'smec.com' }),
    );
    expect(identifyCompany({ id: ' F000000117274 ' })).toEqual({ kind: 'id', value: 'f000000117274' });
    expect(identifyPerson({ id: 'FP000000067890' })).toEqual({ kind: 'id', value: 'fp000000067890' });
    expect(identifyPerson({ workEmail: 'A@smec.com' })).toEqual({ kind: 'workEmail', value: 'a@smec.com' });
  });

  const nonsense: [string, CompanyKey][] = [
    ['nothing', {}],
    ['nulls', { domain: null, abn: undefined }],
    ['two things', { domain: 'smec.com', abn: '47065475149' }],
    ['a person by id', { id: 'fp000000067890' }],
    ['a word', { domain: 'smec' }],
    ['an e-mail address', { domain: 'ada@smec.com' }],
    ['a wrong ABN', { abn: '47065475148' }],
    ['a person’s page', { linkedin: 'https://www.linkedin.com/in/ada' }],
  ];
  test.each(nonsense)('%s is no company', (_, key) => {
    expect(() => identifyCompany(key)).toThrow(expect.objectContaining({ code: 'INVALID_IDENTIFIER' }));
  });

  const nobody: [string, PersonKey][] = [
    ['nothing', {}],
    ['two things', { linkedin: 'ada', workEmail: 'ada@smec.com' }],
    ['a company by id', { id: 'f000000117274' }],
    ['a domain', { workEmail: 'smec.com' }],
    ['a company’s page', { linkedin: 'https://www.linkedin.com/company/smec' }],
  ];
  test.each(nobody)('%s is no person', (_, key) => {
    expect(() => identifyPerson(key)).toThrow(expect.objectContaining({ code: 'INVALID_IDENTIFIER' }));
  });

  test('no text whatever throws anything else', () => {
    const field = fc.constantFrom('id', 'domain', 'website', 'linkedin', 'abn');
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    expect(() => fc.assert(fc.property(field, text, expectIdentifiedOrRefused))).not.toThrow();
  });
});
