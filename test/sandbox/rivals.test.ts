import { describe, expect, it } from 'vitest';
import { organizationBody } from '../../src/sandbox/apollo/organization-body.js';
import { contactOf } from '../../src/sandbox/apollo/contact-of.js';
import { createKnownRecords as knownToApollo } from '../../src/sandbox/apollo/known-records.js';
import { personBody as apolloPerson } from '../../src/sandbox/apollo/person-body.js';
import { companyBody } from '../../src/sandbox/people-data-labs/company-body.js';
import { createKnownRecords as knownToPeopleDataLabs } from '../../src/sandbox/people-data-labs/known-records.js';
import { personBody } from '../../src/sandbox/people-data-labs/person-body.js';
import * as samples from '../../src/sandbox/samples.js';
import { createWorld } from '../../src/sandbox/world/create-world.js';
import { createElsewhere } from '../../src/sandbox/world/elsewhere.js';
import { type Caller, fieldAt, openSandbox } from './open-sandbox.js';

type Sought = { domain?: string; workEmail?: string; linkedin: string };

/** Which of the three have a person, by LinkedIn, which all of them look up by. */
const knownTo = async ({ get, enrich, organization, match }: Caller, sought: Sought): Promise<string[]> => {
  const isCompany = sought.domain !== undefined;
  const profile = `https://www.linkedin.com/${isCompany ? 'company' : 'in'}/${sought.linkedin}`;
  const firmable = await get(`/${isCompany ? 'company' : 'people'}?ln_slug=${sought.linkedin}`);
  const peopleDataLabs = await enrich(isCompany ? 'company' : 'person', { profile });
  const apollo = await (isCompany ? organization : match)({ linkedin_url: profile });
  const found: unknown = Object.values(await apollo.json())[0] ?? null;
  return [
    ...(firmable.status === 200 ? ['FIRMABLE'] : []),
    ...(peopleDataLabs.status === 200 ? ['PEOPLE_DATA_LABS'] : []),
    ...(found === null ? [] : ['APOLLO']),
  ];
};

const rivals = ['PEOPLE_DATA_LABS', 'APOLLO'];

describe('the records of the providers', () => {
  it.each<[string, Sought, string[]]>([
    ['the flagship', samples.flagship, ['FIRMABLE', ...rivals]],
    ['onlyPeopleDataLabs', samples.onlyPeopleDataLabs.company, ['PEOPLE_DATA_LABS']],
    ['onlyPeopleDataLabs', samples.onlyPeopleDataLabs.person, ['PEOPLE_DATA_LABS']],
    ['onlyApollo', samples.onlyApollo.company, ['APOLLO']],
    ['onlyApollo', samples.onlyApollo.person, ['APOLLO']],
    ['onlyApollo without a mobile', samples.onlyApollo.personWithoutMobile, ['APOLLO']],
    ['onlyRivals', samples.onlyRivals.company, rivals],
    ['onlyRivals', samples.onlyRivals.person, rivals],
    ['partialAtFirmable', samples.partialAtFirmable.company, ['FIRMABLE', ...rivals]],
    ['withoutPhone', samples.partialAtFirmable.withoutPhone, ['FIRMABLE', ...rivals]],
    ['phoneOnlyAtApollo', samples.partialAtFirmable.phoneOnlyAtApollo, ['FIRMABLE', ...rivals]],
    ['withoutWorkEmail', samples.partialAtFirmable.withoutWorkEmail, ['FIRMABLE', 'PEOPLE_DATA_LABS']],
    ['bareAtApollo', samples.bareAtApollo, ['FIRMABLE', ...rivals]],
    ['unknownEverywhere', samples.unknownEverywhere.company, []],
    ['unknownEverywhere', samples.unknownEverywhere.person, []],
  ])('have %s %j at %j', async (_, sample, providers) => {
    expect(await knownTo(await openSandbox(), sample)).toEqual(providers);
  });

  it("return the same record by every identifier of the other providers' samples", async () => {
    const { enrich, organization, match } = await openSandbox();
    for (const { company, person } of [samples.onlyPeopleDataLabs, samples.onlyRivals]) {
      expect(await (await enrich('company', { website: company.domain })).json()).toMatchObject({
        display_name: company.name,
        linkedin_url: `linkedin.com/company/${company.linkedin}`,
      });
      expect(await (await enrich('person', { email: person.workEmail })).json()).toMatchObject({
        data: { full_name: person.name.toLowerCase(), linkedin_username: person.linkedin },
      });
    }
    for (const { company, person } of [samples.onlyApollo, samples.onlyRivals]) {
      expect(await (await organization({ domain: company.domain })).json()).toMatchObject({
        organization: { name: company.name },
      });
      expect(await (await match({ email: person.workEmail })).json()).toMatchObject({
        person: { name: person.name },
      });
    }
  });
});

describe('what another provider fills in', () => {
  it("is a company's phone when Apollo has it", async () => {
    const { company, organization } = await openSandbox();
    const { domain } = samples.partialAtFirmable.company;
    expect(await company(`fqdn=${domain}`)).toMatchObject({ phones: null });
    expect(await (await organization({ domain })).json()).toMatchObject({
      organization: { phone: expect.stringMatching(/^\+61/) },
    });
  });

  it('is a mobile number of People Data Labs when Apollo has none', async () => {
    const { person, enrich, match } = await openSandbox();
    const { linkedin, workEmail: email } = samples.partialAtFirmable.withoutPhone;
    expect(await person(`ln_slug=${linkedin}`)).toMatchObject({ phones: [] });
    expect(await (await enrich('person', { email, required: 'mobile_phone' })).json()).toMatchObject({
      data: { mobile_phone: expect.stringMatching(/^\+614/) },
    });
    expect(fieldAt(await (await match({ email })).json(), 'person.contact')).toBeUndefined();
  });

  it('is a mobile number of Apollo, for 9 credits, when People Data Labs misses for free', async () => {
    const { person, enrich, match, sandbox } = await openSandbox();
    const { linkedin } = samples.partialAtFirmable.phoneOnlyAtApollo;
    expect(await person(`ln_slug=${linkedin}`)).toMatchObject({ phones: [] });
    const profile = `linkedin.com/in/${linkedin}`;
    expect((await enrich('person', { profile, required: 'phone_numbers' })).status).toBe(404);
    await match({ linkedin_url: profile });
    expect(sandbox.account('pdl_sandbox_team1').creditsUsed).toBe(0);
    expect(sandbox.account('apollo_sandbox_team1').creditsUsed).toBe(9);
  });

  it('is a work e-mail of People Data Labs when Firmable does not have it', async () => {
    const { person, get, enrich } = await openSandbox();
    const { linkedin, workEmail } = samples.partialAtFirmable.withoutWorkEmail;
    expect(fieldAt(await person(`ln_slug=${linkedin}`), 'emails.work')).toEqual([]);
    expect((await get(`/people?work_email=${workEmail}`)).status).toBe(500);
    expect(await (await enrich('person', { profile: `linkedin.com/in/${linkedin}` })).json()).toMatchObject({
      data: { work_email: workEmail },
    });
  });
});

const share = (keys: Iterable<string>, of: number): number =>
  [...keys].filter((key) => key.startsWith('slug:')).length / of;

describe("the other providers' data", () => {
  const world = createWorld(300);
  const all = {
    companies: [...world.companies, ...createElsewhere().companies],
    people: [...world.people, ...createElsewhere().people],
  };
  const everything = JSON.stringify([
    all.companies.map(companyBody),
    all.companies.map(organizationBody),
    all.people.map(personBody),
    all.people.map((person) => apolloPerson(person, contactOf(person), { personal: true })),
  ]);

  it('have unique ids of their own', () => {
    const ids = [
      ...all.companies.map((company) => companyBody(company)['id']),
      ...all.companies.map((company) => organizationBody(company)['id']),
      ...all.people.map((person) => personBody(person)['id']),
      ...all.people.map((person) => apolloPerson(person, contactOf(person), { personal: false })['id']),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(everything).not.toMatch(/"fp?\d{12}"/);
  });

  it('use reserved domains and unassigned LinkedIn addresses', () => {
    const hosts = [...everything.matchAll(/(?:https?:\/\/|@)([a-z0-9.-]+)/g)].map((match) => match[1] ?? '');
    expect(hosts.length).toBeGreaterThan(2_000);
    const strange = hosts.filter(
      (host) => !host.endsWith('.example') && !/^(www\.)?(linkedin|facebook|twitter)\.com$/.test(host),
    );
    expect(strange).toEqual([]);
  });

  it('use telephone numbers reserved for fiction only', () => {
    const written = everything.match(/\+\d+/g) ?? [];
    expect(written.length).toBeGreaterThan(500);
    expect(written.filter((number) => !/^\+61(491\d{6}|[2378]5550\d{4})$/.test(number))).toEqual([]);
  });

  it('overlap with Firmable in most records, not all', () => {
    const [pdl, apollo] = [knownToPeopleDataLabs(world), knownToApollo(world)];
    expect(share(pdl.companies.keys(), 300)).toBeCloseTo(0.8, 1);
    expect(share(pdl.people.keys(), world.people.length)).toBeCloseTo(0.86, 1);
    expect(share(apollo.organizations.keys(), 300)).toBeCloseTo(0.75, 1);
    expect(share(apollo.people.keys(), world.people.length)).toBeCloseTo(0.8, 1);
  });

  it('never repeats a key in a response', async () => {
    const { enrich, organization, usage } = await openSandbox();
    for (const temper of ['revoked', 'noplan', 'scoped', 'broke', 'flaky', 'throttled', 'team1']) {
      const responses = [
        await enrich('company', { website: samples.flagship.domain }, `pdl_sandbox_${temper}`),
        await organization({ domain: samples.flagship.domain }, `apollo_sandbox_${temper}`),
        await usage(`apollo_sandbox_${temper}`),
      ];
      for (const response of responses) {
        expect(JSON.stringify([...response.headers]) + (await response.text())).not.toContain('_sandbox_');
      }
    }
  });
});
