import { describe, expect, it } from 'vitest';
import { readAbn } from '../../../src/enrichment/identifiers/read-abn.js';
import { readCompany } from '../../../src/providers/firmable/read-company.js';
import { companyBytes, createCompanyWriter, digitsOf, fieldsOf } from './companies.js';

const written = (numbers: number[]): string[] => {
  const write = createCompanyWriter();
  const target = Buffer.alloc(companyBytes);
  return numbers.map((number) => {
    write(target, digitsOf(number));
    return target.toString('utf8');
  });
};

describe('a company of the fake upstream', () => {
  it('is read by the gateway, with the twelve fields that answers are compared with', () => {
    for (const [at, text] of written([7, 123_456_789]).entries()) {
      const { record } = readCompany(JSON.parse(text)) ?? {};
      expect(record).toMatchObject(fieldsOf([7, 123_456_789][at] ?? 0));
    }
  });

  it('has the size of a real one, and nothing left of the company before it', () => {
    const [first = '', second = '', again] = written([1, 2, 1]);
    expect(Buffer.byteLength(first)).toBe(companyBytes);
    expect(second).not.toContain(digitsOf(1));
    expect(again).toBe(first);
  });

  it('has a business number of its own that passes the check', () => {
    const numbers = written(Array.from({ length: 500 }, (_, at) => at + 1)).map((text): string => {
      const { industry_codes: codes }: { industry_codes: { abn: string } } = JSON.parse(text);
      return codes.abn;
    });
    expect(new Set(numbers).size).toBe(500);
    expect(numbers.map((number) => readAbn(number))).toEqual(numbers.map((value) => ({ value })));
  });
});
