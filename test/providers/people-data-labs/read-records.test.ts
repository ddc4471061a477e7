import { describe, expect, it } from 'vitest';
import { readCompany } from '../../../src/providers/people-data-labs/read-company.js';
import { readPerson } from '../../../src/providers/people-data-labs/read-person.js';
import { fullCompany, fullPerson } from './examples.js';

const personWith = (fields: object) => readPerson({ status: 200, data: { id: 'p_0001', ...fields } });

describe('a company', () => {
  it('has every documented field, and no unexpected one', () => {
    expect(readCompany(fullCompany)).toEqual({
      unexpectedFields: [],
      record: {
        id: 'tnHcNHbCv8MKeLh92946LAkX6PKg',
        name: 'Yarra Works',
        domain: 'yarra.example',
        website: 'yarra.example',
        linkedin: 'yarra-works',
        description: 'Bridges and what they rest on',
        tagline: 'Across',
        employeeCount: 1600,
        yearFounded: 2015,
        hqLocation: 'melbourne, victoria, australia',
        hqCountry: 'australia',
        companySize: '1001-5000',
        companyType: 'public',
        abnOperationStatus: null,
        revenue: '$100M-$250M',
        locations: null,
        states: ['victoria'],
        industries: ['civil engineering'],
        keywords: ['bridges'],
        phones: null,
        emails: null,
        socialMedia: {
          twitter: 'yarraworks',
          youtube: null,
          facebook: 'yarraworks',
          linkedin: 'yarra-works',
          instagram: null,
        },
        identifiers: null,
        orgRegisters: null,
        nextGen: null,
      },
    });
  });

  it('has the display name, and the lower-case name when there is no other', () => {
    expect(readCompany({ id: 'c1', name: 'yarra' })?.record.name).toBe('yarra');
    expect(readCompany({ id: 'c1', name: 'ibm', display_name: 'IBM' })?.record.name).toBe('IBM');
  });

  it('has null for null fields, and no unexpected field', () => {
    const nulls = Object.fromEntries(Object.keys(fullCompany).map((name) => [name, null]));
    const read = readCompany({ ...nulls, id: 'c1' });
    expect(read?.unexpectedFields).toEqual([]);
    expect(read?.record).toMatchObject({ id: 'c1', name: null, hqLocation: null, states: null });
  });

  it.each([
    ['linkedin.com/company/yarra', 'yarra'],
    ['https://www.linkedin.com/company/yarra/about', 'yarra'],
    ['https://au.linkedin.com/company/caf%C3%A9?x=1', 'café'],
    ['linkedin.com/company/%E0%A4%A', '%E0%A4%A'],
  ])('has the slug when the address is %s', (linkedin_url, slug) => {
    expect(readCompany({ id: 'c1', linkedin_url })).toMatchObject({
      record: { linkedin: slug },
      unexpectedFields: [],
    });
  });

  it.each(['linkedin.com', 'example.com/company/yarra', 7])(
    'has no slug, and notes it, when the address is %s',
    (linkedin_url) => {
      const read = readCompany({ id: 'c1', linkedin_url });
      expect(read?.record.linkedin).toBeNull();
      expect(read?.unexpectedFields).toMatchObject([{ path: 'linkedin_url', expected: 'address' }]);
    },
  );

  it.each([
    ['yarra.example', 'yarra.example'],
    ['HTTPS://WWW.Yarra.Example/au?x#y', 'yarra.example'],
    ['www.yarra.example:443', 'yarra.example'],
    ['yarra.example.', 'yarra.example'],
  ])('has the domain when the site is %s', (website, domain) => {
    expect(readCompany({ id: 'c1', website })?.record).toMatchObject({ website, domain });
  });

  it('loses only the fields that have unexpected types', () => {
    const odd = {
      id: 'c1',
      display_name: 'Yarra',
      employee_count: 'many',
      tags: 'bridges',
      location: 'melbourne',
    };
    expect(readCompany(odd)).toMatchObject({
      record: { name: 'Yarra', employeeCount: null, keywords: null, hqLocation: null },
      unexpectedFields: [
        { path: 'location', expected: 'object', got: 'string' },
        { path: 'employee_count', expected: 'integer', got: 'string' },
        { path: 'tags', expected: 'list', got: 'string' },
      ],
    });
  });

  it.each([[{}], [{ id: null }], [{ id: '' }], [null], [[]], ['text']])(
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
        id: 'qEnOZ5Oh0poWnQ1luFBfVw_0000',
        name: 'Ada M Yarra',
        firstName: 'Ada',
        middleName: 'M',
        lastName: 'Yarra',
        headline: 'Builder',
        description: 'Builds',
        position: 'Chief Marketing Officer',
        company: {
          id: 'tnHcNHbCv8MKeLh92946LAkX6PKg',
          name: 'Yarra Works',
          size: '1001-5000',
          website: 'yarra.example',
          industries: ['civil engineering'],
          linkedin: 'yarra-works',
          mainPhones: null,
          otherPhones: null,
          mobilePhones: null,
        },
        timeInCurrentRole: null,
        monthJoined: 2,
        yearJoined: 2016,
        emails: {
          personal: [{ value: 'ada@home.example', deliverability: null }],
          work: [{ value: 'ada@yarra.example', deliverability: null }],
        },
        phones: [
          { number: '+61450600000', isDoNotCall: null },
          { number: '+61390000000', isDoNotCall: null },
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
        department: 'marketing',
        seniority: 'cxo',
        gender: 'female',
        skills: ['finance'],
        keywords: ['growth'],
        education: [
          {
            field: 'computing',
            degree: 'bachelors, bachelor of science',
            dateRange: '1999 - 2002',
            schoolName: 'Yarra University',
          },
        ],
        secondaryPositions: [
          {
            companyId: 'aBcDeFgHiJkLmNoPqRsTuVwXyZ01',
            companyName: 'Second',
            companySize: '1-10',
            companyWebsite: 'second.example',
            companyLinkedin: 'second',
            companyIndustry: 'finance',
            cleanedPosition: 'Director',
            seniority: 'director',
            department: 'operations',
            monthJoined: 11,
            yearJoined: 2022,
            timeInCurrentRole: null,
          },
        ],
      },
    });
  });

  it('has the current work address, never one of a former employer', () => {
    const emails = [{ address: 'ada@former.example', type: 'professional' }];
    expect(personWith({ work_email: null, emails })?.record.emails).toEqual({ personal: [], work: [] });
  });

  it('has no fields beyond the plan (true instead of a value), and notes them', () => {
    const beyond = { work_email: true, mobile_phone: true, personal_emails: true, phone_numbers: true };
    const read = personWith({ full_name: 'Ada', ...beyond });
    expect(read?.record).toMatchObject({ name: 'Ada', phones: [], emails: { personal: [], work: [] } });
    expect(read?.unexpectedFields.map(({ path, got }) => `${path} ${got}`).toSorted()).toEqual([
      'mobile_phone boolean',
      'personal_emails boolean',
      'phone_numbers boolean',
      'work_email boolean',
    ]);
  });

  it('has the LinkedIn slug of the address when there is no username', () => {
    expect(personWith({ linkedin_url: 'linkedin.com/in/ada' })?.record.linkedin).toBe('ada');
  });

  it('has a level when it is a list, or text as documented', () => {
    expect(personWith({ job_title_levels: 'manager' })?.record.seniority).toBe('manager');
    expect(personWith({ job_title_levels: [] })?.record.seniority).toBeNull();
  });

  it.each([
    ['2016', 2016, null],
    [2016, 2016, null],
    ['2016-02', 2016, 2],
    ['2016-02-29', 2016, 2],
    ['2016-13', null, null],
    ['lately', null, null],
  ])('with the start date %j joined in year %j, month %j', (job_start_date, yearJoined, monthJoined) => {
    expect(personWith({ job_start_date })?.record).toMatchObject({ yearJoined, monthJoined });
  });

  it('has no company when it has no employer', () => {
    expect(personWith({ full_name: 'Ada' })?.record.company).toBeNull();
  });
});
