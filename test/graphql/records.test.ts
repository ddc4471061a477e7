import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { flagship, sampleCompanies, samplePeople } from '../../src/sandbox/samples.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

const [, brewery] = sampleCompanies;
const [mara] = samplePeople;
if (brewery === undefined || mara === undefined) throw new Error('the sandbox has no records');

type Unlock = {
  id: string;
  name: string | null;
  recordId: string;
  snapshots: { country: string | null; company: { name: string } | null; person: { name: string } | null }[];
  connections: { name: string }[];
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ logLevel: 'debug', demo: false });
  await gateway.post(
    'mutation { createConnection(input: { provider: FIRMABLE, name: "Sales", key: "fbl_sandbox_records" }) { connection { id } } }',
  );
  await lookUpCompany(flagship.domain);
  await lookUpCompany(brewery.domain);
  await lookUpCompany(flagship.domain, 'NZ');
  await gateway.post('query Q($email: String) { person(by: { workEmail: $email }) { outcome } }', {
    email: mara.workEmail,
  });
});
afterAll(() => gateway.close());

const lookUpCompany = (domain: string, country = 'AU') =>
  gateway.post(
    `query Q($domain: String, $country: Country) { company(by: { domain: $domain }, options: { country: $country }) {
      outcome receipt { id recordName } } }`,
    { domain, country },
  );

const read = async (search: string | null, filter: object = {}): Promise<Unlock[]> => {
  const answer = await gateway.post(
    `query Q($search: String, $filter: UnlockFilter) { unlocks(search: $search, filter: $filter) { totalCount nodes {
      id name recordId connections { name }
      snapshots { country fetchedAt company { name recordId sources { field provider } } person { name } } } } }`,
    { search, filter },
  );
  return dataOf<{ nodes: Unlock[] }>(answer, 'unlocks').nodes;
};
const namesBy = async (search: string | null, filter: object = {}): Promise<(string | null)[]> =>
  (await read(search, filter)).map(({ name }) => name);

const fetchExport = async (path: string): Promise<string> => {
  const response = await fetch(`${gateway.url}${path}`, {
    headers: { authorization: `Bearer ${gateway.token}` },
  });
  return await response.text();
};

describe('a search of unlocked records', () => {
  it.each([
    flagship.domain,
    `https://www.${flagship.domain.toUpperCase()}/about?x=1`,
    flagship.abn,
    `ABN 34 999 000 001`,
    `https://au.linkedin.com/company/${flagship.linkedin}/`,
    flagship.linkedin,
    flagship.id,
    flagship.id.toUpperCase(),
    `Company:${flagship.id}`,
    `${flagship.id}@NZ`,
    'HARBOUR',
    'harbourliné',
  ])('finds the company by %j', async (search) => {
    expect(await namesBy(search)).toEqual([flagship.name]);
  });

  it.each([
    mara.workEmail,
    `Mara <${mara.workEmail.toUpperCase()}>`,
    mara.personalEmail,
    `linkedin.com/in/${mara.linkedin}`,
    mara.id,
    'ellery mar',
  ])('finds the person by %j', async (search) => {
    expect(await namesBy(search)).toEqual([mara.name]);
  });

  it('finds the record by the id of its unlock', async () => {
    const [unlock] = await read(flagship.id);
    expect(await namesBy(unlock?.id ?? '')).toEqual([flagship.name]);
  });

  it('finds all when the text is blank, and nothing when it leads nowhere', async () => {
    for (const search of [null, '', '  \n ']) expect(await namesBy(search)).toHaveLength(3);
    for (const search of [
      'nobody',
      '%',
      "' or 1=1 --",
      '\0',
      '\ud800',
      'unl_0',
      'unl_',
      'gmail.com',
      '🦘',
      'line',
    ])
      expect(await namesBy(search)).toEqual([]);
  });

  it('refuses a text of more than 1,000 characters', async () => {
    const { body } = await gateway.post(
      'query Q($search: String) { unlocks(search: $search) { totalCount } }',
      {
        search: 'a'.repeat(1_001),
      },
    );
    expect(body.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_REQUEST' } });
  });

  it('is narrowed by the filter, and by a list of ids', async () => {
    expect(await namesBy('harbour', { operation: 'PERSON' })).toEqual([]);
    expect(await namesBy(null, { operation: 'PERSON' })).toEqual([mara.name]);
    const [first, second] = await read(null, { operation: 'COMPANY' });
    const ids = [first?.id, second?.id];
    expect(await namesBy(null, { ids })).toEqual([brewery.name, flagship.name]);
    expect(await namesBy('quill', { ids })).toEqual([brewery.name]);
    for (const wrong of [[], Array.from({ length: 101 }, () => first?.id), ['ent_1']]) {
      const query = 'query Q($ids: [ID!]) { unlocks(filter: { ids: $ids }) { totalCount } }';
      expect((await gateway.post(query, { ids: wrong })).body.errors?.[0]?.extensions.code).toBe(
        'BAD_REQUEST',
      );
    }
  });

  it('is refused to a token that is confined to a part of the workspace', async () => {
    const created = await gateway.post(
      'mutation { createToken(input: { name: "people", role: MEMBER, scopes: { operations: [PERSON] } }) { secret } }',
    );
    const { secret } = dataOf<{ secret: string }>(created, 'createToken');
    const { body } = await gateway.post(
      '{ unlocks(search: "mara") { totalCount } }',
      {},
      {
        authorization: `Bearer ${secret}`,
      },
    );
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('leaves the text out of the log', async () => {
    await read('secretive@harbourline.example');
    await fetchExport('/export/unlocks.csv?search=secretive@harbourline.example');
    expect(gateway.logged()).not.toContain('secretive');
  });
});

describe('a record', () => {
  it('has its fields, the sources of these and the connections of its account, at no cost', async () => {
    const before = await gateway.post('{ entries { totalCount } }');
    const [company] = await read(flagship.id);
    expect(company).toMatchObject({
      name: flagship.name,
      connections: [{ name: 'Sales' }],
      snapshots: [
        { country: 'NZ', company: { name: flagship.name, recordId: flagship.id }, person: null },
        { country: 'AU', company: { name: flagship.name }, person: null },
      ],
    });
    const sources = JSON.stringify(company?.snapshots[0]);
    expect(sources).toContain('{"field":"name","provider":"FIRMABLE"}');
    const [person] = await read(mara.id);
    expect(person?.snapshots).toMatchObject([{ country: null, company: null, person: { name: mara.name } }]);
    expect((await gateway.post('{ entries { totalCount } }')).body.data).toEqual(before.body.data);
  });

  it('has its history: every entry that created or used its unlock', async () => {
    const [unlock] = await read(flagship.id);
    const answer = await gateway.post(
      'query Q($unlock: ID) { entries(filter: { unlock: $unlock }) { totalCount nodes { unlockId charge recordName } } }',
      { unlock: unlock?.id },
    );
    const entry = { unlockId: unlock?.id, recordName: flagship.name };
    expect(answer.body.data).toEqual({
      entries: {
        totalCount: 2,
        nodes: [
          { ...entry, charge: 'ALREADY_UNLOCKED' },
          { ...entry, charge: 'CHARGED' },
        ],
      },
    });
    const wrong = await gateway.post('{ entries(filter: { unlock: "ent_1" }) { totalCount } }');
    expect(wrong.body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
  });

  it('is named on its receipt, and not where none was found', async () => {
    const found = await lookUpCompany(brewery.domain);
    expect(found.body.data).toMatchObject({ company: { receipt: { recordName: brewery.name } } });
    const missed = await lookUpCompany('nothing-there.example');
    expect(missed.body.data).toMatchObject({
      company: { outcome: 'NOT_FOUND', receipt: { recordName: null } },
    });
  });

  it('names all entries of a page in one statement', async () => {
    const select = vi.spyOn(gateway.context.database.db, 'select');
    const answer = await gateway.post('{ entries { nodes { outcome recordName } } }');
    const { nodes } = dataOf<{ nodes: { outcome: string; recordName: string | null }[] }>(answer, 'entries');
    expect(nodes.length).toBeGreaterThan(3);
    const ofNames = select.mock.calls.filter(([fields]) => fields !== undefined && 'unlockId' in fields);
    expect(ofNames).toHaveLength(1);
    select.mockRestore();
    for (const { outcome, recordName } of nodes) expect(recordName !== null).toBe(outcome === 'FOUND');
  });
});

describe('an export of records', () => {
  it('has what a search finds, or a selection of ids', async () => {
    const found = await fetchExport('/export/unlocks.ndjson?search=harbour');
    expect(
      found
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).recordId),
    ).toEqual([flagship.id]);
    const unlocks = await read(null, { operation: 'COMPANY' });
    const ids = unlocks.map(({ id }) => id).join(',');
    const selected = await fetchExport(
      `/export/records.csv?operation=COMPANY&columns=recordId,name&ids=${ids}`,
    );
    expect(selected).toBe(
      `recordId,name\r\n${brewery.id},${brewery.name}\r\n${flagship.id},${flagship.name}\r\n`,
    );
    const repeated = unlocks.map(({ id }) => `ids=${id}`).join('&');
    expect(await fetchExport(`/export/records.csv?operation=COMPANY&columns=recordId,name&${repeated}`)).toBe(
      selected,
    );
    expect(await fetchExport('/export/records.csv?operation=PERSON&columns=name&search=nobody')).toBe(
      'name\r\n',
    );
    expect(await fetchExport('/export/unlocks.csv?ids=con_1')).toContain('This is not an unlock id');
  });
});
