import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeLinkedin } from '../../../src/enrichment/identifiers/normalize-linkedin.js';

describe('a LinkedIn page', () => {
  it('returns null at once when the text is made to take long', () => {
    expect(normalizeLinkedin('company', `${'/'.repeat(5_000_000)}x`)).toBeNull();
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

  it.each([
    ['company', 'https://www.linkedin.com/in/ada'],
    ['person', 'https://www.linkedin.com/company/smec'],
    ['company', 'https://www.linkedin.com/'],
    ['company', 'https://www.linkedin.com/company/'],
    ['company', 'https://www.linkedin.com/feed/update/1'],
    ['company', 'smec.com'],
    ['company', 'https://smec.com/company/smec'],
    ['company', 'https://linkedin.com.evil.example/company/smec'],
    // Without its end it is another person's: these numbers separated people of one name.
    ['person', 'https://au.linkedin.com/pub/john-smith/12/345/678'],
    ['company', ''],
    ['company', 'two words'],
    ['company', 'a/b'],
    ['person', '%E0%A4%A'],
    ['person', 'a'.repeat(300)],
  ] as const)('of no %s: %j', (kind, text) => {
    expect(normalizeLinkedin(kind, text)).toBeNull();
  });

  it('makes one key, and none of the other kind, when a page is spelled in different ways', () => {
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
