import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeRecords, sourcesOf } from '../../src/enrichment/merge-records.js';
import { explainForeignFields } from '../../src/providers/foreign-fields.js';
import { companyMissingFields, personMissingFields } from '../../src/enrichment/missing-fields.js';
import { readCompany } from '../../src/providers/firmable/read-company.js';
import { readPerson } from '../../src/providers/firmable/read-person.js';
import { recordFields } from '../../src/providers/provider.js';
import { fullCompany, fullPerson } from '../providers/firmable/examples.js';

const merge = <Record extends object>(ours: Record, theirs: Record) => {
  const { record, sources, parts } = mergeRecords(
    { record: ours, sources: () => sourcesOf(ours, 'FIRMABLE'), parts: [{ id: 'f1', variant: 'AU' }] },
    { record: theirs, provider: 'APOLLO', part: { id: 'a1', variant: '' } },
  );
  return { record, sources: sources(), parts };
};

describe('merging', () => {
  it('keeps existing values and fills missing ones, each with its source', () => {
    const ours = { id: 'f1', name: 'Smec', domain: null, phones: [], keywords: [''] };
    const theirs = { id: 'x', name: 'SMEC Ltd', domain: 'smec.com', phones: ['1'], keywords: ['b'] };
    expect(merge<object>(ours, theirs)).toEqual({
      record: { id: 'f1', name: 'Smec', domain: 'smec.com', phones: ['1'], keywords: [''] },
      sources: [
        { field: 'id', provider: 'FIRMABLE' },
        { field: 'name', provider: 'FIRMABLE' },
        { field: 'keywords', provider: 'FIRMABLE' },
        { field: 'domain', provider: 'APOLLO' },
        { field: 'phones', provider: 'APOLLO' },
      ],
      parts: [
        { id: 'f1', variant: 'AU' },
        { id: 'a1', variant: '' },
      ],
    });
  });

  it('names no record that added nothing as a part', () => {
    const { parts } = merge({ name: 'Smec', phones: ['1'] }, { name: 'SMEC Ltd', phones: ['2'] });
    expect(parts).toEqual([{ id: 'f1', variant: 'AU' }]);
  });

  it('fills work and personal addresses separately, and never merges two employers', () => {
    const ours = {
      emails: { work: [{ value: 'a@b.c' }], personal: [] },
      company: { name: 'One', size: null },
    };
    const theirs = {
      emails: { work: [{ value: 'x@y.z' }], personal: [{ value: 'p@q.r' }] },
      company: { name: 'Two', size: '9' },
    };
    const { record, sources } = merge<object>(ours, theirs);
    expect(record).toEqual({
      emails: { work: [{ value: 'a@b.c' }], personal: [{ value: 'p@q.r' }] },
      company: ours.company,
    });
    expect(sources).toContainEqual({ field: 'emails.personal', provider: 'APOLLO' });
    expect(sources.filter(({ field }) => field.startsWith('company'))).toEqual([
      { field: 'company', provider: 'FIRMABLE' },
    ]);
  });

  it('never merges two dates of joining', () => {
    const ours = { yearJoined: 2019, monthJoined: null };
    expect(merge<object>(ours, { yearJoined: 2022, monthJoined: 7 }).record).toEqual(ours);
    const none = { yearJoined: null, monthJoined: null };
    expect(merge<object>(none, { yearJoined: 2022, monthJoined: 7 }).record).toEqual({
      yearJoined: 2022,
      monthJoined: 7,
    });
  });

  it('keeps all values and fills all missing ones, without changing its inputs, when the records are arbitrary', () => {
    const value = fc.option(
      fc.oneof(fc.string(), fc.integer(), fc.array(fc.string(), { maxLength: 2 }), fc.constant('')),
    );
    const record = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'emails'), value);
    fc.assert(
      fc.property(record, record, (ours, theirs) => {
        const before = JSON.stringify([ours, theirs]);
        const merged = merge(ours, theirs);
        expect(JSON.stringify([ours, theirs])).toBe(before);
        const filled = new Set(sourcesOf(merged.record, 'FIRMABLE').map(({ field }) => field));
        const given = [...sourcesOf(ours, 'FIRMABLE'), ...sourcesOf(theirs, 'FIRMABLE')].map(
          ({ field }) => field,
        );
        expect(filled).toEqual(new Set(given));
        for (const { field } of sourcesOf(ours, 'FIRMABLE'))
          expect(merged.record[field]).toEqual(ours[field]);
        expect(new Set(merged.sources.map(({ field }) => field))).toEqual(filled);
      }),
    );
  });
});

describe('required fields', () => {
  it('are all present in a full record, and all missing in an empty one', () => {
    const company = readCompany(fullCompany)!.record;
    const person = readPerson(fullPerson)!.record;
    const ofCompany = recordFields.filter((field) => explainForeignFields('COMPANY', [field]) === null);
    const ofPerson = recordFields.filter((field) => explainForeignFields('PERSON', [field]) === null);
    expect(companyMissingFields(company, ofCompany)).toEqual([]);
    expect(personMissingFields(person, ofPerson)).toEqual([]);
    expect(companyMissingFields(readCompany({ id: 'f1' })!.record, ofCompany)).toEqual(ofCompany);
    expect(personMissingFields(readPerson({ id: 'fp1' })!.record, ofPerson)).toEqual(ofPerson);
  });

  it('are foreign when a kind never has them', () => {
    expect(explainForeignFields('COMPANY', recordFields)).toContain(' POSITION, PERSONAL_EMAIL: ');
    expect(explainForeignFields('PERSON', recordFields)).toContain(' EMPLOYEE_COUNT: ');
  });
});
