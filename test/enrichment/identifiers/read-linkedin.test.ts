import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKnownSlug, readLinkedin } from '../../../src/enrichment/identifiers/read-linkedin.js';
import { refusalOf, valueOf } from './value-of.js';

describe('a LinkedIn page', () => {
  it('is refused at once when the text is made to take long', () => {
    expect(valueOf(readLinkedin('company', `${'/'.repeat(5_000_000)}x`))).toBeNull();
  });

  it.each([
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
    ['company', 'https://www.linkedin.com/company/caf%25C3%25A9-x', 'café-x'],
    ['person', 'https://www.linkedin.com/in/ada-lovelace-123/', 'ada-lovelace-123'],
    ['person', 'https://nz.linkedin.com/in/Ada-Lovelace-123?trk=x', 'ada-lovelace-123'],
    ['company', 'https://www.linkedin.com/company/booking.com', 'booking.com'],
    ['person', 'linkedin.com/in/ada', 'ada'],
    ['person', 'https://au.linkedin.com/pub/ada/', 'ada'],
    ['person', 'in/ada', 'ada'],
    ['person', '@ada', 'ada'],
    ['person', 'ada', 'ada'],
    ['company', 'https://www.linkedin.com/company/&-friends', '&-friends'],
    ['company', 'https://www.linkedin.com/company/%26-friends/', '&-friends'],
    ['company', 'https://www.linkedin.com/company/%F0%9F%9A%80-rocket', '🚀-rocket'],
    ['company', '🚀-rocket', '🚀-rocket'],
    ['company', 'https://www.linkedin.com/company/%F0%9F%91%A9%E2%80%8D%F0%9F%94%AC', '👩\u200d🔬'],
    ['company', 'https://www.linkedin.com/company/smith,-jones-&-co.', 'smith,-jones-&-co.'],
    ['company', 'https://www.linkedin.com/company/acme-(holdings)', 'acme-(holdings)'],
    ['company', 'https://www.linkedin.com/company/-the-company-/', '-the-company-'],
    ['company', 'https://www.linkedin.com/sales/company/1363540', '1363540'],
    ['company', 'https://www.linkedin.com/company/1363540/', '1363540'],
    ['company', 'https://www.linkedin.com/company-beta/1363540/', '1363540'],
    ['company', 'https://www.linkedin.com/company/beta/1363540/', '1363540'],
    ['company', 'https://www.linkedin.com/sales/company/1363540/people?x=1', '1363540'],
    ['company', 'https://www.linkedin.com/sales/accounts/1363540', '1363540'],
    ['company', 'urn:li:organization:1363540', '1363540'],
    ['company', 'urn:li:company:1363540', '1363540'],
    ['company', 'urn:li:fs_salesCompany:1363540', '1363540'],
    ['company', 'urn:li:fsd_company:1363540', '1363540'],
    ['company', 'urn%3Ali%3Aorganization%3A1363540', '1363540'],
    ['company', 'https://www.linkedin.com/company/urn:li:organization:1363540', '1363540'],
    ['company', '1363540.0', '1363540'],
    ['company', '1.36354000E+06', '1363540'],
    ['company', 'https://www.linkedin.com/company/1,3635401E+07', '13635401'],
    ['company', '1e3', '1e3'],
    ['company', 'https://www.linkedin.com/organization-guest/company/smec', 'smec'],
    ['person', 'https://www.linkedin.com/comm/in/jane-doe', 'jane-doe'],
    ['person', 'https://www.linkedin.com/mwlite/in/jane-doe', 'jane-doe'],
    ['person', 'https://m.linkedin.com/in/jane-doe/en', 'jane-doe'],
    ['person', 'https://www.linkedin.com/in/jane-doe)', 'jane-doe'],
    ['person', '(https://www.linkedin.com/in/jane-doe)', 'jane-doe'],
    ['person', 'https://www.linkedin.com/in/jane-doe\u200b', 'jane-doe'],
    ['person', 'https://www.linkedin.com/in/jane-doe%E2%80%8B', 'jane-doe'],
    ['person', 'https://www.linkedin.com/in/jane-doe.', 'jane-doe'],
    ['person', '<https://www.linkedin.com/in/jane-doe|Jane>', 'jane-doe'],
    ['person', '[Jane](https://www.linkedin.com/in/jane-doe/)', 'jane-doe'],
    ['person', '<a href="https://www.linkedin.com/in/jane-doe">Jane</a>', 'jane-doe'],
    ['person', '=HYPERLINK("https://www.linkedin.com/in/jane-doe","Jane")', 'jane-doe'],
    ['person', 'Jane Doe <https://www.linkedin.com/in/jane-doe>', 'jane-doe'],
    ['person', 'http://https://www.linkedin.com/in/jane-doe', 'jane-doe'],
    ['person', 'www.linkedin.com//in/jane-doe', 'jane-doe'],
    ['person', 'https://www.linkedin.com/in/jane-doe/details/experience/', 'jane-doe'],
    [
      'person',
      'https://www.linkedin.com/authwall?trk=x&sessionRedirect=https%3A%2F%2Fau.linkedin.com%2Fin%2Fjane-doe',
      'jane-doe',
    ],
    ['company', 'https://www.linkedin.com/company/harbourline%2F', 'harbourline'],
    ['company', 'https://www.linkedin.com/company/harbourline%2Fabout', 'harbourline'],
    ['company', 'https://www.linkedin.com/company/harbourline%252Fabout%252F', 'harbourline'],
    ['company', 'linkedin.com/company/harbourline%3Ftrk=x', 'harbourline'],
    ['company', 'linkedin.com/company/harbourline&trk=x', 'harbourline'],
    ['company', 'linkedin.com/company/smith-&-co&trk=x&y=1', 'smith-&-co'],
    ['company', 'https://www.linkedin.com/company/setup', 'setup'],
    ['person', 'https://www.linkedin.com/in/jane-doe%3Ftrk%3Dx', 'jane-doe'],
    ['person', 'https://www.linkedin.com/in/jane-doe, https://linkedin.com/in/Jane-Doe/', 'jane-doe'],
    ['company', 'https://www.linkedin.com/company/smith-&amp;-sons', 'smith-&-sons'],
    ['company', '<https://www.linkedin.com/company/smith-&amp;-sons|Smith &amp; Sons>', 'smith-&-sons'],
    ['company', '<a href="https://www.linkedin.com/company/&amp;-co?x=1&amp;trk=y">Co</a>', '&-co'],
    ['company', 'linkedin.com/company/l&#39;atelier&nbsp;', "l'atelier"],
    // A prefix in front of what had one already.
    ['person', 'https://www.linkedin.com/in/https://www.linkedin.com/in/jane-doe', 'jane-doe'],
    ['person', 'https://www.linkedin.com/in/www.linkedin.com/in/jane-doe/', 'jane-doe'],
    ['person', 'linkedin.com/in/https%3A%2F%2Fau.linkedin.com%2Fin%2Fjane-doe', 'jane-doe'],
    ['company', 'https://linkedin.com/company/http://linkedin.com/company/smec?trk=x', 'smec'],
    ['person', 'https://www.linkedin.com/in/in/jane-doe', 'jane-doe'],
    ['company', 'https://www.linkedin.com/company/unavailable-co', 'unavailable-co'],
    ['company', 'https://www.linkedin.com/company/me', 'me'],
  ] as const)('of a %s: %j is %j', (kind, spelling, slug) => {
    expect(valueOf(readLinkedin(kind, spelling))).toBe(slug);
  });

  it.each([
    ['company', 'https://www.linkedin.com/in/ada'],
    ['person', 'https://www.linkedin.com/company/smec'],
    ['company', 'https://www.linkedin.com/'],
    ['company', 'https://www.linkedin.com/company/'],
    ['company', 'https://www.linkedin.com/feed/update/1'],
    ['company', 'https://www.linkedin.com/company/setup/new/'],
    ['company', 'https://www.linkedin.com/company/%2Fabout'],
    ['company', 'n%2Fa'],
    ['company', 'smec.com'],
    ['company', 'https://smec.com/company/smec'],
    ['company', 'https://linkedin.com.evil.example/company/smec'],
    ['company', 'https://evil.example/linkedin.com/company/smec'],
    // Without its end it is another person's: these numbers separated people of one name.
    ['person', 'https://au.linkedin.com/pub/john-smith/12/345/678'],
    ['company', ''],
    ['company', 'two words'],
    ['company', 'a/b'],
    ['company', 'n/a'],
    ['company', 'None'],
    ['company', 'one,two'],
    ['company', '---'],
    ['person', '%E0%A4%A'],
    ['person', 'a'.repeat(300)],
    ['person', 'urn:li:organization:1363540'],
    ['person', 'https://www.linkedin.com/sales/company/1363540'],
    ['company', 'urn:li:share:1363540'],
    // Where LinkedIn sends visitors of a page that is gone.
    ['company', 'https://www.linkedin.com/company/unavailable/'],
    ['company', 'unavailable'],
    ['company', 'https://www.linkedin.com/company/null'],
    ['person', 'https://www.linkedin.com/in/undefined/'],
    ['person', 'https://www.linkedin.com/in/unavailable'],
    // The reader's own page.
    ['person', 'https://www.linkedin.com/in/me/'],
    ['person', 'https://www.linkedin.com/in/https://www.linkedin.com/company/smec'],
    ['person', 'https://www.linkedin.com/in/www.linkedin.com'],
  ] as const)('of no %s: %j', (kind, text) => {
    expect(valueOf(readLinkedin(kind, text))).toBeNull();
  });

  it.each([
    'linkedin.com/in/ACwAAAbCdEfGhIjK',
    'https://www.linkedin.com/in/ACoAACX1hoMBvWqTY21JGe0z91mnmjmLy9Wen4w',
    'https://www.linkedin.com/in/AEMAAAxYz123abcDEF/',
    'ACwAAAbCdEfGhIjK',
    'ACwAAAbCdEfGhIjK,NAME_SEARCH,a1B2',
    'https://www.linkedin.com/sales/lead/ACwAAAbCdEfGhIjK,NAME_SEARCH,a1B2',
    'https://www.linkedin.com/sales/people/ACwAAAbCdEfGhIjK,NAME_SEARCH,a1B2?x=1',
    'https://www.linkedin.com/talent/profile/AEMAAAxYz123abcDEF',
    'https://www.linkedin.com/profile/view?id=ACwAAAbCdEfGhIjK',
    'urn:li:member:123456',
    'urn:li:fsd_profile:ACoAAAbCdEfGhIjK',
    'urn:li:fs_salesProfile:(ACwAAAbCdEfGhIjK,NAME_SEARCH,a1B2)',
    // An export that lost the upper case.
    'linkedin.com/in/acoaacx1hombvwqty21jge0z91mnmjmly9wen4w',
  ])('is refused as a member token when it is %j', (text) => {
    expect(refusalOf(readLinkedin('person', text))).toMatch(/^This is a member token of LinkedIn/);
  });

  it.each([
    ['person', 'https://www.linkedin.com/in/ACOAARON-SMITH', 'acoaaron-smith'],
    ['person', 'AARAAM', 'aaraam'],
    ['company', 'https://www.linkedin.com/company/ACMAA', 'acmaa'],
  ] as const)('of a %s is no token when it is %j', (kind, text, slug) => {
    expect(valueOf(readLinkedin(kind, text))).toBe(slug);
  });

  it.each([
    ['company', 'https://www.linkedin.com/in/jane-doe', /page of a person, not of a company/],
    ['person', 'https://www.linkedin.com/company/smec', /^This is not a LinkedIn profile/],
    ['person', 'https://lnkd.in/abc', /^This is a shortened link/],
    ['company', '1.441E+6', /^A spreadsheet has rounded this number/],
    ['company', 'https://www.linkedin.com/company/1.44E+07', /^A spreadsheet has rounded this number/],
    [
      'company',
      'https://www.linkedin.com/sales/search/company?query=x',
      /^This is not a LinkedIn company page/,
    ],
    ['person', 'https://www.linkedin.com/sales/lists/people/7001', /^This is not a LinkedIn profile/],
    ['person', 'https://www.linkedin.com/pub/john-smith/12/345/678', /^This is an old LinkedIn address/],
    ['person', 'https://linkedin.com/in/a-b https://linkedin.com/in/c-d', /more than one LinkedIn page/],
    ['person', `https://www.linkedin.com/in/${'a'.repeat(5_000)}`, /longer than 4000 characters/],
  ] as const)('of no %s: says why it refuses %j', (kind, text, reason) => {
    expect(refusalOf(readLinkedin(kind, text))).toMatch(reason);
  });

  it('that a record reports is read as a slug when it looks like a domain', () => {
    expect(readKnownSlug('company', 'booking.com')).toBe('booking.com');
    expect(readKnownSlug('person', 'ACwAAAbCdEfGhIjK')).toBeNull();
  });

  it('makes one key, and none of the other kind, when a page is spelled in different ways', () => {
    const slug = fc.stringMatching(/^q[a-z0-9-]{0,20}[a-z0-9]$/);
    fc.assert(
      fc.property(
        slug,
        fc.constantFrom('', 'http://', 'https://', 'https//', 'http://https://'),
        fc.constantFrom('', 'www.', 'au.', 'nz.', 'uk.', 'm.'),
        fc.constantFrom('', '/', '/about', '?trk=1', '#x', '/?a=/in/b', '\u200b', ')', ','),
        fc.boolean(),
        (text, scheme, country, rest, upper) => {
          const spelling = `${scheme}${country}linkedin.com/company/${upper ? text.toUpperCase() : text}${rest}`;
          expect(valueOf(readLinkedin('company', spelling))).toBe(text);
          expect(valueOf(readLinkedin('company', text))).toBe(text);
          expect(valueOf(readLinkedin('person', spelling))).toBeNull();
        },
      ),
    );
  });
});
