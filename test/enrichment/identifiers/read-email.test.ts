import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEmail } from '../../../src/enrichment/identifiers/read-email.js';
import { refusalOf, valueOf } from './value-of.js';

describe('an e-mail address', () => {
  it.each([
    ['Ada@Smec.com', 'ada@smec.com'],
    [' ada@smec.com ', 'ada@smec.com'],
    ['mailto:ada@smec.com', 'ada@smec.com'],
    ['<ada@smec.com>', 'ada@smec.com'],
    ['ada+crm@smec.com', 'ada+crm@smec.com'],
    ["o'neil@smec.com", "o'neil@smec.com"],
    ['ada@www.smec.com', 'ada@www.smec.com'],
    ['ada@mail.smec.com', 'ada@mail.smec.com'],
    ['ada@münchen.example', 'ada@xn--mnchen-3ya.example'],
    ['a.b@smec.com', 'a.b@smec.com'],
    ['Mara Ellery <mara.ellery@harbourline.example>', 'mara.ellery@harbourline.example'],
    ['"Ellery, Mara" <mara.ellery@harbourline.example>', 'mara.ellery@harbourline.example'],
    ['Ellery, Mara <mara.ellery@harbourline.example>;', 'mara.ellery@harbourline.example'],
    ['Mara Ellery (mara.ellery@harbourline.example)', 'mara.ellery@harbourline.example'],
    ['mara.ellery@harbourline.example (work)', 'mara.ellery@harbourline.example'],
    ['mailto:mara.ellery@harbourline.example?subject=Hi', 'mara.ellery@harbourline.example'],
    ['MAILTO:mara.ellery%40harbourline.example', 'mara.ellery@harbourline.example'],
    ['%20mara.ellery@harbourline.example', 'mara.ellery@harbourline.example'],
    ['mailto:%20mara.ellery@harbourline.example%20?subject=Hi', 'mara.ellery@harbourline.example'],
    ['mara.ellery@harbourline.example%20', 'mara.ellery@harbourline.example'],
    ['mara%20ellery@harbourline.example', 'mara%20ellery@harbourline.example'],
    ['[mail](mailto:mara.ellery@harbourline.example)', 'mara.ellery@harbourline.example'],
    ['<mailto:a@harbourline.example|a@harbourline.example>', 'a@harbourline.example'],
    ['mara.ellery@harbourline.example,', 'mara.ellery@harbourline.example'],
    ['mara.ellery@harbourline.example.', 'mara.ellery@harbourline.example'],
    ['\u200bmara.ellery@harbourline.example', 'mara.ellery@harbourline.example'],
    ['mara.ellery\u00ad@harbourline.example\u00a0', 'mara.ellery@harbourline.example'],
    ['mara.ellery＠harbourline.example', 'mara.ellery@harbourline.example'],
    ['Email: mara.ellery@harbourline.example', 'mara.ellery@harbourline.example'],
    ['a@x.example; A@X.example', 'a@x.example'],
    ['smtp:mara@harbourline.example', 'mara@harbourline.example'],
    ['SMTP:Mara@harbourline.example', 'mara@harbourline.example'],
    ['SMTP:mara@x.example;smtp:mara@x.example', 'mara@x.example'],
    ['Mara Ng mara@harbourline.example', 'mara@harbourline.example'],
    ["Mara O'Brien-Ng - mara@harbourline.example", 'mara@harbourline.example'],
    ['To: mara@harbourline.example', 'mara@harbourline.example'],
    ['From: Mara Ng <mara@harbourline.example>', 'mara@harbourline.example'],
    ['mara@harbourline.example:', 'mara@harbourline.example'],
    ['o’brien@harbourline.example', "o'brien@harbourline.example"],
    ['to=mara@harbourline.example', 'to=mara@harbourline.example'],
    ['mara@sa.gov.au', 'mara@sa.gov.au'],
    ['jose\u0301@x.example', 'josé@x.example'],
  ])('reads %j as %j', (spelling, email) => {
    expect(valueOf(readEmail(spelling))).toBe(email);
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
  ])('refuses %j', (text) => {
    expect(valueOf(readEmail(text))).toBeNull();
  });

  it.each([
    ['ada@smec.com, bob@smec.com', /more than one e-mail address/],
    ['ada@smec.com bob@smec.com', /more than one e-mail address/],
    ['smtp:ada@smec.com; smtp:bob@smec.com', /more than one e-mail address/],
    ['Mara Ng ada@smec.com bob@smec.com', /^This is not an e-mail address/],
    ['mara ng@smec.com', /^This is not an e-mail address/],
    ['mara@com.au', /^com\.au is a public suffix, at which nobody has an address/],
    ['Mara Ng <mara@co.nz>', /^co\.nz is a public suffix/],
    ['.mara@smec.com', /begins or ends with a dot, or has two in a row/],
    ['mara..e@smec.com', /begins or ends with a dot, or has two in a row/],
    ['mara.@smec.com', /begins or ends with a dot, or has two in a row/],
    ['ada', /^This is not an e-mail address/],
    [`${'a'.repeat(5_000)}@smec.com`, /longer than 4000 characters/],
  ])('says why it refuses %j', (text, reason) => {
    expect(refusalOf(readEmail(text))).toMatch(reason);
  });

  it('makes one key when an address is in any case', () => {
    const local = fc.stringMatching(/^[a-z0-9](?:[._+-]?[a-z0-9]){1,10}$/);
    fc.assert(
      fc.property(
        local,
        fc.constantFrom('smec.com', 'mail.smec.com.au'),
        fc.boolean(),
        (name, host, link) => {
          const email = `${name}@${host}`;
          expect(valueOf(readEmail(`${link ? 'mailto:' : ' '}${email.toUpperCase()}`))).toBe(email);
          expect(valueOf(readEmail(email))).toBe(email);
        },
      ),
    );
  });
});
