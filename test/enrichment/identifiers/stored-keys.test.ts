import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readCompanyIdentifier, readPersonIdentifier } from '../../../src/enrichment/identifiers/identify.js';
import { companyLookupKey, personLookupKey } from '../../../src/enrichment/identifiers/record-keys.js';
import { valueOf } from './value-of.js';

const keyOf = (field: Parameters<typeof readCompanyIdentifier>[0], text: string): string | null => {
  const identifier = valueOf(readCompanyIdentifier(field, text));
  return identifier === null ? null : companyLookupKey(identifier);
};

const personKeyOf = (field: Parameters<typeof readPersonIdentifier>[0], text: string): string | null => {
  const identifier = valueOf(readPersonIdentifier(field, text));
  return identifier === null ? null : personLookupKey(identifier);
};

describe('a stored lookup key', () => {
  // What to do when this fails is written at judgeHost: run the test below; if it passes, write down the new hash.
  it('depends on a known version of the public suffix list', () => {
    const file = createRequire(import.meta.url)
      .resolve('tldts')
      .replace(/index\.js$/, 'src/data/trie.js');
    const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
    expect(hash).toBe('b56bafb5ce2f89c04681645b9d48f9a8d84caa4602730cd27505bf26536745a1');
  });

  // A line that changes is a key that moves: it needs a migration of unlock_keys and reservations.
  it.each([
    ['harbourline.com.au', 'company:domain:harbourline.com.au'],
    ['harbourline.net.nz', 'company:domain:harbourline.net.nz'],
    ['harbourline.id.au', 'company:domain:harbourline.id.au'],
    ['health.nsw.gov.au', 'company:domain:health.nsw.gov.au'],
    ['transport.qld.gov.au', 'company:domain:transport.qld.gov.au'],
    ['careers.govt.nz', 'company:domain:careers.govt.nz'],
    ['jobs.harbourline.school.nz', 'company:domain:harbourline.school.nz'],
    ['about.harbourline.schools.nsw.edu.au', 'company:domain:harbourline.schools.nsw.edu.au'],
    ['harbourline.com.sg', 'company:domain:harbourline.com.sg'],
    ['shop.harbourline.com.my', 'company:domain:harbourline.com.my'],
    ['harbourline.co.id', 'company:domain:harbourline.co.id'],
    ['harbourline.com.ph', 'company:domain:harbourline.com.ph'],
    ['harbourline.com.hk', 'company:domain:harbourline.com.hk'],
    ['harbourline.co.jp', 'company:domain:harbourline.co.jp'],
    ['city.kawasaki.jp', 'company:domain:city.kawasaki.jp'],
    ['harbourline.com.vn', 'company:domain:harbourline.com.vn'],
    ['harbourline.co.kr', 'company:domain:harbourline.co.kr'],
    ['harbourline.co.th', 'company:domain:harbourline.co.th'],
    ['harbourline.on.ca', 'company:domain:harbourline.on.ca'],
    ['harbourline.uk.com', 'company:domain:harbourline.uk.com'],
    ['blog.harbourline.co.uk', 'company:domain:harbourline.co.uk'],
    ['harbourline.公司.cn', 'company:domain:harbourline.xn--55qx5d.cn'],
    ['app.harbourline.io', 'company:domain:harbourline.io'],
    ['login.au.harbourline.com', 'company:domain:au.harbourline.com'],
    ['my.harbourline.com', 'company:domain:my.harbourline.com'],
    ['harbourline.github.io', null],
    ['https://www.linkedin.com/company/Harbourline/', 'company:linkedin:harbourline'],
    ['urn:li:organization:1363540', 'company:linkedin:1363540'],
  ])('of the website %j is %j', (text, key) => {
    expect(keyOf('website', text)).toBe(key);
  });

  it('of a person has the kind of the identifier', () => {
    expect(personKeyOf('linkedin', 'https://au.linkedin.com/in/Jane-Doe/')).toBe('person:linkedin:jane-doe');
    expect(personKeyOf('workEmail', 'Jane <J@Mail.harbourline.example>')).toBe(
      'person:workEmail:j@mail.harbourline.example',
    );
  });
});
