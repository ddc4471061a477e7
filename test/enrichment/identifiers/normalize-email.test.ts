import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeEmail } from '../../../src/enrichment/identifiers/normalize-email.js';

describe('an e-mail address', () => {
  it.each([
    ['Ada@Smec.com', 'ada@smec.com'],
    [' ada@smec.com ', 'ada@smec.com'],
    ['mailto:ada@smec.com', 'ada@smec.com'],
    ['<ada@smec.com>', 'ada@smec.com'],
    ['ada+crm@smec.com', 'ada+crm@smec.com'],
    ["o'neil@smec.com", "o'neil@smec.com"],
    ['ada@www.smec.com', 'ada@www.smec.com'],
    ['ada@münchen.example', 'ada@xn--mnchen-3ya.example'],
    ['a.b@smec.com', 'a.b@smec.com'],
  ])('reads %j as %j', (spelling, email) => {
    expect(normalizeEmail(spelling)).toBe(email);
  });

  it.each([
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
  ])('returns null when the text is %j', (text) => {
    expect(normalizeEmail(text)).toBeNull();
  });

  it('makes one key when an address is in any case', () => {
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
