import { readFileSync } from 'node:fs';
import { buildSchema, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { type Connected, presume } from '../dashboard/connect.js';
import { dataOf, type GraphqlBody, startGateway, type TestGateway } from '../http/start-gateway.js';
import { raiseAlert } from '../subscriptions/subscribe.js';
import { linesOf } from '../usage/exports/setup.js';

let gateway: TestGateway;
/** A cursor of each list, by the field that returns the list. */
const cursors = new Map<string, string>();

/** What the queries name. */
const ids = { connection: '', job: '' };

/** Every list of the API by its field, and what its query needs besides the arguments of the page. */
const lists: Readonly<Record<string, { within?: () => string; args?: string }>> = {
  'BalanceEstimate.readings': { within: () => `balance(connection: "${ids.connection}")` },
  'Job.results': { within: () => `job(id: "${ids.job}")` },
  'Query.alertDestinations': {},
  'Query.alerts': {},
  'Query.auditLog': {},
  'Query.budgets': {},
  'Query.connections': {},
  'Query.entries': {},
  'Query.jobs': {},
  'Query.presumedCharges': {},
  'Query.savedViews': {},
  'Query.searchPeople': { args: `companyId: "${flagship.id}"` },
  'Query.tokens': {},
  'Query.unlocks': {},
  'Query.waterfalls': {},
};

const read = (field: string, after: string | null) => {
  const { within, args = '' } = lists[field]!;
  const list = `${field.replace(/.*\./, '')}(first: 1, after: $after ${args}) { edges { cursor } }`;
  return gateway.post(
    `query Q($after: String) { ${within === undefined ? list : `${within()} { ${list} }`} }`,
    { after },
  );
};

beforeAll(async () => {
  gateway = await startGateway();
  const made = await gateway.post(`mutation {
    createConnection(input: { provider: FIRMABLE, name: "main", key: "fbl_sandbox_cursors", makeDefault: true }) {
      connection { id accountId } }
    setBudget(input: { scope: WORKSPACE, period: TOTAL, limit: 100, name: "all" }) { userErrors { code } }
    createAlertDestination(input: { kind: WEBHOOK, name: "ops", url: "https://hooks.example/" }) { userErrors { code } }
    saveWaterfall(input: { name: "chain", steps: [{ provider: FIRMABLE }] }) { userErrors { code } }
    saveView(input: { name: "all", address: "/usage" }) { userErrors { code } }
    createJob(input: { operation: COMPANY, source: { companies: [{ domain: "${flagship.domain}" }] }, maxCredits: 5 }) {
      job { id } }
  }`);
  const { connection } = dataOf<{ connection: Connected }>(made, 'createConnection');
  ids.connection = connection.id;
  ids.job = dataOf<{ job: { id: string } }>(made, 'createJob').job.id;
  await gateway.post(
    'mutation M($connection: ID!) { recordBalance(input: { connection: $connection, credits: 400 }) { userErrors { code } } }',
    { connection: ids.connection },
  );
  await raiseAlert(gateway);
  await presume(gateway, connection, 'company:id:lost');
  for (const field of Object.keys(lists)) {
    await vi.waitFor(
      async () => {
        const { body } = await read(field, null);
        const [, cursor] = /"cursor":"([^"]+)"/.exec(JSON.stringify(body)) ?? [];
        if (cursor === undefined) throw new Error(`${field} is empty: ${JSON.stringify(body)}`);
        cursors.set(field, cursor);
      },
      { timeout: 20_000, interval: 100 },
    );
  }
}, 60_000);
afterAll(() => gateway.close());

const refused = 'BAD_REQUEST: "after" is not a cursor of this list: leave it out to start at the beginning.';

/** The code and message of an answer's errors; null without any. */
const problemIn = ({ errors }: GraphqlBody): string | null =>
  errors?.map(({ message, extensions: { code } }) => `${code}: ${message}`).join() ?? null;

it('names every list when a field of the API takes a cursor', () => {
  const types = Object.values(buildSchema(readFileSync('schema/api.graphql', 'utf8')).getTypeMap());
  const paged = types.filter(isObjectType).flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ args }) => args.some(({ name, type }) => name === 'after' && String(type) === 'String'))
      .map(({ name }) => `${type.name}.${name}`),
  );
  expect(paged.toSorted()).toEqual(Object.keys(lists));
});

it.each(Object.keys(lists))(
  '%s continues behind a cursor when it is its own, and refuses those of all other lists',
  async (field) => {
    for (const [other, cursor] of cursors) {
      const { body } = await read(field, cursor);
      expect({ other, problem: problemIn(body) }).toEqual({
        other,
        problem: other === field ? null : refused,
      });
    }
  },
);

const readWith = (query: string, after: string | null) =>
  gateway.post(`query Q($after: String) { ${query} }`, { after });
const cursorIn = async (query: string): Promise<string> => {
  const [, cursor] = /"cursor":"([^"]+)"/.exec(JSON.stringify((await readWith(query, null)).body)) ?? [];
  return cursor ?? '';
};

const search = (args: string) =>
  `searchPeople(first: 1, after: $after, companyId: "${flagship.id}" ${args}) { edges { cursor } }`;

describe('a cursor is refused when it is of the same list', () => {
  it('of another job', async () => {
    const made = await gateway.post(`mutation { createJob(input: {
      operation: COMPANY, source: { companies: [{ domain: "other.example" }, { domain: "more.example" }] }, maxCredits: 5
    }) { job { id } } }`);
    const { job } = dataOf<{ job: { id: string } }>(made, 'createJob');
    const rows = `job(id: "${job.id}") { results(first: 1, after: $after) { edges { cursor } } }`;
    const { body } = await readWith(rows, cursors.get('Job.results') ?? '');
    expect(problemIn(body)).toBe(refused);
  });

  it("of another connection's balance", async () => {
    const made = await gateway.post(`mutation { createConnection(input: {
      provider: APOLLO, name: "other", key: "apollo_sandbox_cursors" }) { connection { id accountId } } }`);
    const { connection } = dataOf<{ connection: Connected }>(made, 'createConnection');
    const readings = `balance(connection: "${connection.id}") { readings(first: 1, after: $after) { edges { cursor } } }`;
    const { body } = await readWith(readings, cursors.get('BalanceEstimate.readings') ?? '');
    expect(problemIn(body)).toBe(refused);
  });

  it('of a search for other people', async () => {
    const after = await cursorIn(search('filter: { seniority: MANAGER }'));
    const same = await readWith(search('filter: { seniority: MANAGER, position: null }'), after);
    expect(problemIn(same.body)).toBeNull();
    const other = await readWith(search('filter: { department: SALES }'), after);
    expect(problemIn(other.body)).toBe(refused);
  });
});

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const period = `from=${inDays(-2)}&to=${inDays(1)}`;

const fetchExport = (name: string, after?: string) =>
  fetch(`${gateway.url}/export/${name}.ndjson?${period}${after === undefined ? '' : `&after=${after}`}`, {
    headers: { authorization: `Bearer ${gateway.token}` },
  });

/** As problemIn, of the response of an export. */
const problemOf = async (response: Response): Promise<string | null> => {
  const text = await response.text();
  if (response.status === 200) return null;
  const { code, error }: { code: string; error: string } = JSON.parse(text);
  return `${code}: ${error}`;
};

/** The exports, each with the list of the API whose cursors it shares. */
const exported = [
  ['entries', 'Query.entries'],
  ['unlocks', 'Query.unlocks'],
  ['records', 'Query.unlocks'],
  ['audit', 'Query.auditLog'],
  ['usage', null],
] as const;

it.each(exported)(
  'the export of %s continues behind a cursor when it shares it, and refuses those of all other lists',
  async (name, list) => {
    const lines = linesOf(await (await fetchExport(name)).text());
    expect(lines).not.toEqual([]);
    for (const [at, { cursor }] of lines.entries()) {
      const rest = linesOf(await (await fetchExport(name, String(cursor))).text());
      expect(rest).toEqual(lines.slice(at + 1));
    }
    for (const [other, cursor] of cursors) {
      const problem = await problemOf(await fetchExport(name, cursor));
      expect({ other, problem }).toEqual({ other, problem: other === list ? null : refused });
    }
  },
);

it('refuses the cursor of an export when a list or another export does not share it', async () => {
  for (const [name, list] of exported) {
    const [line] = linesOf(await (await fetchExport(name)).text());
    const cursor = String(line?.['cursor']);
    for (const field of Object.keys(lists)) {
      const { body } = await read(field, cursor);
      const problem = problemIn(body);
      expect({ name, field, problem }).toEqual({ name, field, problem: field === list ? null : refused });
    }
    for (const [other, otherList] of exported) {
      const problem = await problemOf(await fetchExport(other, cursor));
      const isShared = other === name || (list !== null && otherList === list);
      expect({ name, other, problem }).toEqual({ name, other, problem: isShared ? null : refused });
    }
  }
});
