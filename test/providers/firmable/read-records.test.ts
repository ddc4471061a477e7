import { describe, expect, it } from 'vitest';
import { readCompany } from '../../../src/providers/firmable/read-company.js';
import { readPerson } from '../../../src/providers/firmable/read-person.js';
import { fullCompany, fullPerson } from './examples.js';

const through = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Every path to a null inside a record. */
const nullPaths = (value: unknown, path = ''): string[] => {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => nullPaths(inner, `${path}/${name}`));
};

describe('a company', () => {
  it('has every documented field, and no unexpected one', () => {
    const read = readCompany(through(fullCompany));
    expect(read?.unexpectedFields).toEqual([]);
    expect(nullPaths(read?.record)).toEqual([]);
    expect(read?.record).toMatchObject({
      id: 'f000000067890',
      domain: 'yarra.example',
      employeeCount: 1000,
      identifiers: { abn: '47065475149', other: [{ name: 'brn', value: '5' }] },
      orgRegisters: [{ name: 'vc', value: 'VCs & Investors' }],
      nextGen: {
        technographics: [
          { category: 'Software Development', technologies: ['PostgreSQL', 'Java'] },
          { category: 'Finance', technologies: ['Visa'] },
        ],
        socialMedia: { youtube: { views: 5_000_000_000, verified: true } },
        reviews: { ratings: { workLifeBalance: '4.7' }, recommendToFriend: 87 },
        webTraffic: {
          trafficShare: {
            countries: [
              { name: 'AU', value: 0.9 },
              { name: 'NZ', value: 0.1 },
            ],
          },
        },
      },
    });
  });

  it('is null in every field when it has only an id', () => {
    const read = readCompany({ id: 'f1' });
    expect(read?.unexpectedFields).toEqual([]);
    expect(Object.values(read?.record ?? {}).filter((value) => value !== null)).toEqual(['f1']);
  });

  it('reads numbers as text and text as numbers when that is harmless', () => {
    const read = readCompany({
      id: 'f1',
      employee_count: ' 12 ',
      phones: [61_450_600_000, null, '', { number: 1 }],
      nextGen: { reviews_rating: { overall_rating: 4.5, url: 4.5 } },
    });
    expect(read?.record).toMatchObject({
      employeeCount: 12,
      phones: ['61450600000'],
      nextGen: { reviews: { overallRating: '4.5', url: null } },
    });
    expect(read?.unexpectedFields).toEqual([
      { path: 'phones[]', expected: 'string', got: 'object' },
      { path: 'nextGen.reviews_rating.url', expected: 'string', got: 'number' },
    ]);
  });

  it('keeps counts beyond 32 bits, and rejects them as employees', () => {
    const read = readCompany({ id: 'f1', employee_count: 2 ** 31 });
    expect(read?.record.employeeCount).toBeNull();
    expect(read?.unexpectedFields).toMatchObject([{ path: 'employee_count' }]);
  });

  it('reads blank text as null, and removes what PostgreSQL cannot store', () => {
    const read = readCompany({ id: 'f1', linkedin: ' ', name: 'Y\0arra \ud800' });
    expect(read?.record).toMatchObject({ linkedin: null, name: 'Yarra \uFFFD' });
    expect(read?.unexpectedFields).toEqual([]);
  });

  it('reads names of inherited properties as plain names', () => {
    const hostile =
      '{"id":"f1","__proto__":{"name":"x"},"org_registers":{"__proto__":"y","constructor":"z"}}';
    const read = readCompany(JSON.parse(hostile));
    expect(read?.record.name).toBeNull();
    expect(read?.record.orgRegisters).toEqual([
      { name: '__proto__', value: 'y' },
      { name: 'constructor', value: 'z' },
    ]);
  });

  it('makes one note when a thousand items are unexpected', () => {
    const read = readCompany({ id: 'f1', phones: Array.from({ length: 1000 }, () => ({})) });
    expect(read?.unexpectedFields).toHaveLength(1);
  });
});

describe('a person', () => {
  it('has every documented field, and no unexpected one', () => {
    const read = readPerson(through(fullPerson));
    expect(read?.unexpectedFields).toEqual([]);
    expect(nullPaths(read?.record)).toEqual([]);
    expect(read?.record).toMatchObject({
      id: 'fp000000067890',
      firstName: 'Ada',
      company: { id: 'f000000067890', mobilePhones: ['3'] },
      emails: { work: [{ value: 'ada@yarra.example', deliverability: 'Risky' }] },
      phones: [
        { number: '0450 600 0000', isDoNotCall: false },
        { number: '0450 600 0001', isDoNotCall: true },
      ],
      socialMedia: { pinterest: { stars: 2 } },
      education: [{ schoolName: 'Yarra University' }],
      secondaryPositions: [{ yearJoined: 2022 }],
    });
  });

  it('keeps every phone number, with an unknown Do Not Call status when it is unreadable', () => {
    const phones = [
      '0450',
      { value: 450, is_dnd: 'true' },
      { value: '0452', is_dnd: 'maybe' },
      { value: '0453' },
    ];
    const read = readPerson({ id: 'fp1', phones });
    expect(read?.record.phones).toEqual([
      { number: '0450', isDoNotCall: null },
      { number: '450', isDoNotCall: true },
      { number: '0452', isDoNotCall: null },
      { number: '0453', isDoNotCall: null },
    ]);
    expect(read?.unexpectedFields).toEqual([{ path: 'phones[].is_dnd', expected: 'boolean', got: 'string' }]);
  });

  it('has a list of phones when none can be read', () => {
    expect(readPerson({ id: 'fp1', phones: 7 })?.record.phones).toEqual([]);
    expect(readPerson({ id: 'fp1' })?.record.phones).toEqual([]);
  });

  it('loses only the fields that break the documented types in the documented examples', () => {
    const account = { handle: 100, connections: 'username', followers: 100, stars: 100 };
    const read = readPerson({ ...fullPerson, social_media: { github: account } });
    expect(read?.record).toMatchObject({
      name: 'Ada M Yarra',
      socialMedia: { github: { handle: '100', connections: null, followers: 100 } },
    });
    expect(read?.unexpectedFields).toHaveLength(1);
  });

  it('has several educations when they are listed', () => {
    const read = readPerson({ id: 'fp1', education: [{ degree: 'BSc' }, { degree: 'MSc' }] });
    expect(read?.record.education).toMatchObject([{ degree: 'BSc' }, { degree: 'MSc' }]);
  });
});
