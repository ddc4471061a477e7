import { describe, expect, it } from 'vitest';
import { companyBody } from '../../../src/sandbox/firmable/company-body.js';
import { createWorld } from '../../../src/sandbox/world/create-world.js';
import { personBody } from '../../../src/sandbox/firmable/person-body.js';
import { type Body, fieldAt, openSandbox } from '../open-sandbox.js';

const world = createWorld(300);
const companies: Body[] = world.companies.map((company) => companyBody(company, 'AU'));
const people: Body[] = world.people.map((person) => personBody(person));
const weigh = (digits: string, weights: number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0);

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const everything = JSON.stringify([companies, people]);

describe("Firmable's data", () => {
  it('has 300 companies and about 900 people', () => {
    expect(companies).toHaveLength(300);
    expect(people.length).toBeGreaterThan(800);
    expect(people.length).toBeLessThan(1_000);
  });

  it('is the same at every start, and a small set is the beginning of a large one', () => {
    const small = createWorld(30);
    expect(small.people.map((person) => personBody(person))).toEqual(people.slice(0, small.people.length));
    expect(small.companies.map((company) => companyBody(company, 'AU'))).toEqual(companies.slice(0, 30));
  });

  it('gives no identifier to two records, also of thousands', () => {
    for (const { companies, people, companyBy, personBy } of [world, createWorld(2_500)]) {
      for (const by of Object.values(companyBy)) expect(by.size).toBe(companies.length);
      expect(personBy.id.size).toBe(people.length);
      expect(personBy.slug.size).toBe(people.length);
      expect(personBy.workEmail.size).toBe(people.filter((person) => person.hasWorkEmail).length);
      expect(personBy.personalEmail.size).toBe(people.filter((person) => person.personalEmail).length);
    }
  });

  it('has ABNs and ACNs with valid checksums, outside of the assigned range', () => {
    for (const company of companies) {
      const abn = String(fieldAt(company, 'industry_codes.abn'));
      const acn = String(fieldAt(company, 'industry_codes.acn'));
      expect(abn).toMatch(/^[1-9]\d999\d{6}$/);
      const lessOne = `${Number(abn[0]) - 1}${abn.slice(1)}`;
      expect(weigh(lessOne, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89).toBe(0);
      expect(abn.slice(2)).toBe(acn);
      expect((weigh(acn, [8, 7, 6, 5, 4, 3, 2, 1]) + Number(acn[8])) % 10).toBe(0);
    }
  });

  it('uses reserved domains only', () => {
    const hosts = [...everything.matchAll(/(?:https?:\/\/|@)([a-z0-9.-]+)/g)].map((match) => match[1]);
    expect(hosts.length).toBeGreaterThan(2_000);
    expect(hosts.filter((host) => !host?.endsWith('.example'))).toEqual([]);
    expect(world.companies.filter((company) => !company.domain.endsWith('.example'))).toEqual([]);
  });

  it('uses telephone numbers reserved for fiction only', () => {
    const written = everything.match(/(?:\(0\d\)|0[2-8]\d\d|1[38]00)(?: \d{3,4}){2}/g) ?? [];
    expect(written.length).toBeGreaterThan(1_000);
    expect(
      written.filter((number) => !/^(\(0[2378]\) 5550 |0491 57\d \d{3}$|1300 975 7)/.test(number)),
    ).toEqual([]);
    expect(world.people.flatMap((person) => person.phones).length).toBeGreaterThan(500);
    expect(everything).toContain('"is_dnd":true');
  });

  it('finds people in every company', async () => {
    for (const company of world.companies) {
      const staff = world.peopleOf(company.id);
      expect(staff.length).toBeGreaterThanOrEqual(2);
      expect(new Set(staff.map((person) => person.company.id))).toEqual(new Set([company.id]));
    }
  });
});

describe('fields that break their documented types', () => {
  it('name the head count au_employee_count in older records', async () => {
    const { company } = await openSandbox();
    const older = await company('id=f000000100006');
    expect(fieldAt(older, 'au_employee_count')).toBeTypeOf('number');
    expect(older).not.toHaveProperty('employee_count');
    expect(companies.filter((body) => 'au_employee_count' in body)).toHaveLength(50);
  });

  it.each<[string, Body[], string, (value: unknown) => boolean]>([
    ['true', companies, 'nextGen.social_media.linkedin.verified', (value) => value === true],
    ['a number', companies, 'nextGen.reviews_rating.url', isNumber],
    ['a text', companies, 'year_founded', isText],
    ['a text', companies, 'keywords', isText],
    ['null', companies, 'phones', (value) => value === null],
    ['a text', people, 'year_joined', isText],
    ['a number', people, 'social_media.linkedin.handle', isNumber],
    ['a text', people, 'secondary_position.0.year_joined', isText],
    ['null', people, 'education', (value) => value === null],
    ['a text', people, 'location', isText],
  ])('have %s on some records, and not on the first', (_, bodies, path, isUnexpected) => {
    const unexpected = bodies.filter((body) => isUnexpected(fieldAt(body, path))).length;
    expect(unexpected).toBeGreaterThan(5);
    expect(unexpected).toBeLessThan(bodies.length / 2);
    expect(isUnexpected(fieldAt(bodies[0], path))).toBe(false);
  });

  it('spell pintrest without its e', () => {
    expect(people.every((person) => fieldAt(person, 'social_media.pintrest') !== undefined)).toBe(true);
    expect(everything).not.toContain('pinterest');
  });
});
