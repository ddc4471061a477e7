import { type Company, companyId } from './company.js';
import { industries } from './industries.js';
import { type Person, personId } from './person.js';
import { australianPlaces, foreignPlaces, type Place } from './places.js';
import { itemAt } from './random.js';

/** The providers that have a record which Firmable does not have. */
export type KnownTo = 'PEOPLE_DATA_LABS' | 'APOLLO' | 'BOTH';

export type Elsewhere = {
  companies: readonly (Company & { knownTo: KnownTo })[];
  people: readonly (Person & { knownTo: KnownTo })[];
};

/** Companies and people that Firmable does not have, with another provider's data of them. */
export const createElsewhere = (): Elsewhere => {
  const companies = profiles.map(({ knownTo, ...profile }, offset) => ({
    ...elsewhereCompany(offset, profile),
    knownTo,
  }));
  const people = companies.flatMap((company, offset) =>
    (profiles[offset]?.people ?? []).map((member, place) => ({
      ...elsewherePerson(company, member, offset * 10 + place),
      knownTo: company.knownTo,
    })),
  );
  return { companies, people };
};

/** Indexes from here on are records that Firmable does not have. */
const firstIndex = 1_000_000;

export const isElsewhere = ({ index }: { index: number }): boolean => index >= firstIndex;

type Member = {
  name: readonly [first: string, last: string];
  gender: Person['gender'];
  role: readonly [position: string, seniority: number, department: number];
  joined: readonly [month: number, year: number];
  /** Empty where no provider has a number. */
  mobile: string;
  personalEmail: string;
};

type Profile = {
  name: string;
  industry: number;
  place: Place;
  yearFounded: number;
  heads: number;
  people: readonly Member[];
};

const profiles: readonly (Profile & { knownTo: KnownTo })[] = [
  {
    knownTo: 'PEOPLE_DATA_LABS',
    name: 'Tallowmere Instruments',
    industry: 2,
    place: itemAt(foreignPlaces, 1),
    yearFounded: 2009,
    heads: 86,
    people: [
      {
        name: ['Ines', 'Calloway'],
        gender: 'Female',
        role: ['Chief Executive Officer', 3, 1],
        joined: [4, 2013],
        mobile: '0491 575 254',
        personalEmail: 'ines.calloway@letterbox.example',
      },
      {
        name: ['Bram', 'Oduya'],
        gender: 'Male',
        role: ['Research Analyst', 6, 9],
        joined: [10, 2020],
        mobile: '',
        personalEmail: '',
      },
    ],
  },
  {
    knownTo: 'APOLLO',
    name: 'Fennimore Sails',
    industry: 0,
    place: itemAt(foreignPlaces, 0),
    yearFounded: 1987,
    heads: 41,
    people: [
      {
        name: ['Dario', 'Fennimore'],
        gender: 'Male',
        role: ['Founder', 2, 1],
        joined: [1, 2008],
        mobile: '0491 576 398',
        personalEmail: 'dario.fennimore@letterbox.example',
      },
      {
        name: ['Petra', 'Lindqvale'],
        gender: 'Female',
        role: ['VP Sales', 4, 2],
        joined: [6, 2018],
        mobile: '',
        personalEmail: '',
      },
    ],
  },
  {
    knownTo: 'BOTH',
    name: 'Greywether Robotics',
    industry: 2,
    place: itemAt(australianPlaces, 1),
    yearFounded: 2016,
    heads: 152,
    people: [
      {
        name: ['Sunniva', 'Hale'],
        gender: 'Female',
        role: ['Chief Technology Officer', 3, 5],
        joined: [8, 2017],
        mobile: '0491 577 644',
        personalEmail: '',
      },
    ],
  },
];

const elsewhereCompany = (offset: number, profile: Profile): Company => {
  const { name, place, heads, yearFounded } = profile;
  return {
    index: firstIndex + offset,
    id: companyId(firstIndex + offset),
    name,
    slug: name.toLowerCase().replaceAll(' ', '-'),
    domain: `${name.toLowerCase().replaceAll(' ', '')}.example`,
    // No other provider has these.
    acn: '',
    abn: '',
    industry: itemAt(industries, profile.industry),
    description: `${name} works from ${place.city}. An invented company of the sandbox.`,
    tagline: 'Known in other books',
    hq: place,
    branches: [],
    yearFounded,
    companyType: 'Private company',
    employees: { [place.country]: heads },
  };
};

const elsewherePerson = (company: Company, member: Member, offset: number): Person => {
  const [firstName, lastName] = member.name;
  const [position, seniority, department] = member.role;
  return {
    index: firstIndex + offset,
    id: personId(firstIndex + offset),
    firstName,
    middleName: null,
    lastName,
    gender: member.gender,
    role: { position, seniority, department },
    company,
    place: company.hq,
    slug: `${firstName}-${lastName}-${company.slug.split('-')[0] ?? ''}`.toLowerCase(),
    workEmail: `${firstName}.${lastName}@${company.domain}`.toLowerCase(),
    hasWorkEmail: true,
    personalEmail: member.personalEmail === '' ? null : member.personalEmail,
    phones: member.mobile === '' ? [] : [{ value: member.mobile, is_dnd: false }],
    monthJoined: member.joined[0],
    yearJoined: member.joined[1],
    secondCompany: null,
  };
};
