import { abnOf, inventAcn } from './business-numbers.js';
import { type Company, companyId } from './company.js';
import { industries } from './industries.js';
import { type Person, personId } from './person.js';
import { australianPlaces, type Place } from './places.js';
import { itemAt } from './random.js';

const newcastle = itemAt(australianPlaces, 5);
const sydney = itemAt(australianPlaces, 0);
const brisbane = itemAt(australianPlaces, 2);

/** The company of the docs and of the first query: the first one a new user sees. */
export const flagshipCompany = (): Company => {
  const acn = inventAcn(0);
  return {
    index: 0,
    id: companyId(0),
    name: 'Harbourline',
    slug: 'harbourline',
    domain: 'harbourline.example',
    acn,
    abn: abnOf(acn),
    industry: itemAt(industries, 0),
    description:
      'Harbourline moves freight between the ports of the east coast and the towns behind them: 40 trucks, two rail sidings and a cold store in Newcastle. An invented company of the sandbox.',
    tagline: 'From the quay to the customer',
    hq: newcastle,
    branches: [sydney, brisbane],
    yearFounded: 1998,
    companyType: 'Private company',
    employees: { AU: 214, NZ: 18, SG: 6 },
  };
};

type Derived = 'index' | 'id' | 'company' | 'slug' | 'workEmail' | 'hasWorkEmail' | 'secondCompany';
type Member = Omit<Person, Derived>;

/** Its six people, the chief executive first. */
export const flagshipPeople = (company: Company, firstIndex: number): Person[] =>
  members.map((member, offset) => ({
    ...member,
    index: firstIndex + offset,
    id: personId(firstIndex + offset),
    company,
    slug: `${member.firstName}-${member.lastName}-harbourline`.toLowerCase(),
    workEmail: `${member.firstName}.${member.lastName}@${company.domain}`.toLowerCase(),
    hasWorkEmail: true,
    secondCompany: null,
  }));

const member = (
  name: readonly [string, string],
  gender: Person['gender'],
  role: readonly [position: string, seniority: number, department: number],
  place: Place,
  joined: readonly [month: number, year: number],
  contact: Pick<Person, 'personalEmail' | 'phones'>,
): Member => ({
  firstName: name[0],
  middleName: null,
  lastName: name[1],
  gender,
  role: { position: role[0], seniority: role[1], department: role[2] },
  place,
  monthJoined: joined[0],
  yearJoined: joined[1],
  ...contact,
});

const members: readonly Member[] = [
  member(['Mara', 'Ellery'], 'Female', ['Chief Executive Officer', 3, 1], newcastle, [3, 2016], {
    personalEmail: 'mara.ellery@letterbox.example',
    phones: [
      { value: '0491 570 006', is_dnd: true },
      { value: '(02) 5550 0101', is_dnd: false },
    ],
  }),
  member(['Tomasz', 'Wiley'], 'Male', ['Chief Financial Officer', 3, 14], newcastle, [7, 2019], {
    personalEmail: null,
    phones: [{ value: '0491 570 156', is_dnd: false }],
  }),
  member(['Anjali', 'Rao'], 'Female', ['Head of Sales', 4, 2], sydney, [11, 2021], {
    personalEmail: 'anjali.rao@letterbox.example',
    phones: [{ value: '0491 570 157', is_dnd: false }],
  }),
  member(['Hemi', 'Parata'], 'Male', ['Director of Operations', 4, 4], brisbane, [2, 2014], {
    personalEmail: null,
    phones: [{ value: '0491 570 158', is_dnd: true }],
  }),
  member(['Linh', 'Dao'], 'Female', ['Logistics Systems Engineer', 6, 5], newcastle, [9, 2023], {
    personalEmail: 'linh.dao@letterbox.example',
    phones: [],
  }),
  member(['Oskar', 'Brandt'], 'Male', ['Marketing Manager', 5, 11], sydney, [5, 2022], {
    personalEmail: null,
    phones: [{ value: '0491 570 159', is_dnd: false }],
  }),
];
