import { describe, expect, it } from 'vitest';
import { readCompany } from '../../../src/providers/apollo/read-company.js';
import { readPerson } from '../../../src/providers/apollo/read-person.js';
import { fullCompany, fullPerson } from './examples.js';

const companyWith = (fields: object) => readCompany({ organization: { id: 'c1', ...fields } });
const personWith = (fields: object) => readPerson({ person: { id: 'p1', ...fields } });

describe('a company', () => {
  it('has every documented field, and no unexpected one', () => {
    expect(readCompany(fullCompany)).toEqual({
      unexpectedFields: [],
      record: {
        id: '5e66b6381e05b4008c8331b8',
        name: 'Yarra Works',
        domain: 'yarra.example',
        website: 'http://www.yarra.example',
        linkedin: 'yarra-works',
        description: 'Bridges and what they rest on',
        tagline: null,
        employeeCount: 1600,
        yearFounded: 2015,
        hqLocation: '1 Yarra St, Melbourne, Victoria, AU',
        hqCountry: 'Australia',
        companySize: null,
        companyType: null,
        abnOperationStatus: null,
        revenue: '100M',
        locations: null,
        states: ['Victoria'],
        industries: ['civil engineering'],
        keywords: ['bridges'],
        phones: ['+61390000000'],
        emails: null,
        socialMedia: {
          twitter: 'yarraworks',
          youtube: null,
          facebook: 'YarraWorks',
          linkedin: 'yarra-works',
          instagram: null,
        },
        identifiers: null,
        orgRegisters: null,
        nextGen: {
          id: null,
          website: null,
          technographics: [
            { category: 'Databases', technologies: ['PostgreSQL', 'Redis'] },
            { category: 'Other', technologies: ['AI'] },
          ],
          socialMedia: null,
          reviews: null,
          webTraffic: null,
        },
      },
    });
  });

  it('has no phones when the primary one is an empty object, as documented', () => {
    expect(companyWith({ primary_phone: {}, phone: null })).toMatchObject({
      record: { phones: null },
      unexpectedFields: [],
    });
  });

  it('has its one industry when the list is empty, and its site’s domain when it has no other', () => {
    const read = companyWith({
      industry: 'mining',
      industries: [],
      website_url: 'http://www.yarra.example/au',
    });
    expect(read?.record).toMatchObject({ industries: ['mining'], domain: 'yarra.example' });
  });

  it('loses only the fields that have unexpected types', () => {
    const read = companyWith({ name: 'Yarra', estimated_num_employees: 'many', phone: {}, linkedin_url: 7 });
    expect(read?.record).toMatchObject({ name: 'Yarra', employeeCount: null, phones: null, linkedin: null });
    expect(read?.unexpectedFields.map(({ path }) => path).toSorted()).toEqual([
      'organization.estimated_num_employees',
      'organization.linkedin_url',
      'organization.phone',
    ]);
  });

  it.each([[{}], [{ organization: null }], [{ organization: { id: '' } }], [null], [[]], ['text']])(
    'is null when the body is %j',
    (body) => {
      expect(readCompany(body)).toBeNull();
    },
  );
});

describe('a person', () => {
  it('has every documented field, and no unexpected one', () => {
    expect(readPerson(fullPerson)).toEqual({
      unexpectedFields: [],
      record: {
        id: '64a7ff0cc4dfae00013df1a5',
        name: 'Ada Yarra',
        firstName: 'Ada',
        middleName: null,
        lastName: 'Yarra',
        headline: 'Builder',
        description: null,
        position: 'Chief Marketing Officer',
        company: {
          id: '5e66b6381e05b4008c8331b8',
          name: 'Yarra Works',
          size: '1600',
          website: 'http://www.yarra.example',
          industries: ['civil engineering'],
          linkedin: 'yarra-works',
          mainPhones: ['+61390000000'],
          otherPhones: null,
          mobilePhones: null,
        },
        timeInCurrentRole: null,
        monthJoined: 2,
        yearJoined: 2016,
        emails: {
          personal: [{ value: 'ada@home.example', deliverability: null }],
          work: [{ value: 'ada@yarra.example', deliverability: 'verified' }],
        },
        phones: [
          { number: '+61450600000', isDoNotCall: null },
          { number: '+61390000001', isDoNotCall: null },
        ],
        linkedin: 'ada-yarra',
        socialMedia: {
          linkedin: { handle: 'ada-yarra', connections: null, followers: null, stars: null },
          github: { handle: 'ada', connections: null, followers: null, stars: null },
          twitter: { handle: 'ada', connections: null, followers: null, stars: null },
          facebook: { handle: 'ada', connections: null, followers: null, stars: null },
          youtube: null,
          pinterest: null,
        },
        locations: ['Melbourne, Victoria, Australia'],
        department: 'c_suite',
        seniority: 'c_suite',
        gender: null,
        skills: null,
        keywords: null,
        education: [
          { field: 'Computing', degree: 'BSc', dateRange: '1999 - 2002', schoolName: 'Yarra University' },
        ],
        secondaryPositions: [
          {
            companyId: null,
            companyName: 'Second',
            companySize: null,
            companyWebsite: null,
            companyLinkedin: null,
            companyIndustry: null,
            cleanedPosition: 'Director',
            monthJoined: 11,
            yearJoined: 2022,
            timeInCurrentRole: null,
            seniority: null,
            department: null,
          },
        ],
      },
    });
  });

  it('has no e-mail address when the only one is locked', () => {
    expect(personWith({ email: 'email_not_unlocked@domain.com' })?.record.emails).toEqual({
      personal: [],
      work: [],
    });
  });

  it('has each number once when it is listed twice, or is bare text', () => {
    const mobile = { sanitized_number: '+61450600000', type: 'mobile' };
    const read = personWith({
      phone_numbers: ['+61450600000', mobile, { raw_number: '(03) 9000' }],
      contact: { phone_numbers: [mobile, {}] },
    });
    expect(read?.record.phones.map(({ number }) => number)).toEqual(['+61450600000', '(03) 9000']);
    expect(read?.unexpectedFields).toEqual([]);
  });

  it("keeps the record when the team's own contact is of an unexpected type", () => {
    expect(personWith({ name: 'Ada', contact: 'someone' })?.record).toMatchObject({
      name: 'Ada',
      phones: [],
    });
  });

  it.each([
    [{ city: 'Melbourne', state: null, country: 'Australia' }, ['Melbourne, Australia']],
    [{ country: 'Australia' }, ['Australia']],
    [{}, null],
  ])('with the fields %j has the locations %j', (fields, locations) => {
    expect(personWith(fields)?.record.locations).toEqual(locations);
  });

  it('takes the date of joining from the current employer only when it has other positions', () => {
    const job = {
      organization_id: 'o2',
      organization_name: 'Second',
      current: true,
      start_date: '2010-03-01',
    };
    const read = personWith({ organization_id: 'o1', employment_history: [{ ...job, title: 'Director' }] });
    expect(read?.record).toMatchObject({
      yearJoined: null,
      secondaryPositions: [{ companyName: 'Second', yearJoined: 2010 }],
    });
  });

  it('has neither a date nor other positions when it has no history', () => {
    expect(personWith({})?.record).toMatchObject({
      yearJoined: null,
      monthJoined: null,
      education: null,
      secondaryPositions: null,
    });
  });
});
