import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { GatewayError } from '../../../src/errors.js';
import {
  identifyCompany as identifyCompanyFor,
  identifyPerson as identifyPersonFor,
} from '../../../src/enrichment/identifiers/identify.js';
import { companyLookupKeys, personLookupKeys } from '../../../src/enrichment/identifiers/record-keys.js';
import type { CompanyKey, PersonKey } from '../../../src/enrichment/lookup-request.js';
import { createProviders } from '../../../src/providers/catalogue.js';
import { silentLog } from '../../support/silent-log.js';

const catalogue = Object.values(createProviders({ sandboxUrls: {}, log: silentLog }));
afterAll(() => Promise.all(catalogue.map((provider) => provider.close())));
const identifyCompany = (key: CompanyKey) => identifyCompanyFor(key, catalogue);
const identifyPerson = (key: PersonKey) => identifyPersonFor(key, catalogue);

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

describe('an identifier', () => {
  it('reads a website as its domain, and an id by its kind', () => {
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
  it.each(nonsense)('throws INVALID_IDENTIFIER when the company is %s', (_, key) => {
    expect(() => identifyCompany(key)).toThrow(expect.objectContaining({ code: 'INVALID_IDENTIFIER' }));
  });

  const nobody: [string, PersonKey][] = [
    ['nothing', {}],
    ['two things', { linkedin: 'ada', workEmail: 'ada@smec.com' }],
    ['a company by id', { id: 'f000000117274' }],
    ['a domain', { workEmail: 'smec.com' }],
    ['a company’s page', { linkedin: 'https://www.linkedin.com/company/smec' }],
  ];
  it.each(nobody)('throws INVALID_IDENTIFIER when the person is %s', (_, key) => {
    expect(() => identifyPerson(key)).toThrow(expect.objectContaining({ code: 'INVALID_IDENTIFIER' }));
  });

  it('throws nothing else when the text is arbitrary', () => {
    const field = fc.constantFrom('id', 'domain', 'website', 'linkedin', 'abn');
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    expect(() => fc.assert(fc.property(field, text, expectIdentifiedOrRefused))).not.toThrow();
  });
});

describe('the keys of a record', () => {
  const record = { id: 'f1', domain: null, website: null, linkedin: null, identifiers: null };

  it('include its LinkedIn page when that looks like a domain', () => {
    expect(companyLookupKeys({ ...record, linkedin: 'booking.com' })).toContain(
      'company:linkedin:booking.com',
    );
    const person = { id: 'fp1', linkedin: 'jane.doe', emails: null };
    expect(personLookupKeys(person)).toContain('person:linkedin:jane.doe');
  });

  it('include a shared domain only when the company owns it', () => {
    const website = 'https://github.com/';
    expect(companyLookupKeys({ ...record, website })).toEqual(['company:id:f1']);
    expect(companyLookupKeys({ ...record, website, linkedin: 'github' })).toContain(
      'company:domain:github.com',
    );
  });
});
