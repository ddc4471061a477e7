import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditRows } from '../access/audit-rows.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runGateway } from '../support/gateway.js';

let store: TestDatabase;
let gateway: TestGateway;
let beside: TestGateway;
let workspaceId = '';
beforeAll(async () => {
  store = await createTestDatabase();
  gateway = await startGateway({ database: store });
  beside = await gateway.startBeside();
  ({ workspaceId } = await gateway.context.findCaller(gateway.token));
}, 60_000);
afterAll(async () => {
  await beside.close();
  await gateway.close();
  await store.close();
});

const either = (at: number): TestGateway => (at % 2 === 0 ? gateway : beside);
const rowsOf = async (subject: string) =>
  (await auditRows(store.database, workspaceId)).filter((row) => row.subject === subject);

const createToken = async (name: string, key?: string): Promise<string> => {
  const answer = await gateway.post(
    'mutation M($name: String!) { createToken(input: { name: $name, role: VIEWER }) { token { id } } }',
    { name },
    key === undefined ? {} : { 'idempotency-key': key },
  );
  return dataOf<{ token: { id: string } }>(answer, 'createToken').token.id;
};

it('has one unbroken history of an object when two instances change it at once', async () => {
  const saved = await gateway.post(
    'mutation { setBudget(input: { name: "b", scope: WORKSPACE, period: MONTH, mode: SOFT, limit: 1 }) { budget { id } } }',
  );
  const { budget } = dataOf<{ budget: { id: string } }>(saved, 'setBudget');
  await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      either(at).post(
        `mutation { setBudget(input: { id: "${budget.id}", name: "b", scope: WORKSPACE, period: MONTH, mode: SOFT, limit: ${at % 7} }) { userErrors { code } } }`,
      ),
    ),
  );
  const history = await rowsOf(budget.id);
  expect(history.length).toBeGreaterThan(7);
  expect(history[0]?.before).toBeNull();
  for (const [at, { before, after }] of history.entries()) {
    expect(before).toEqual(history[at - 1]?.after ?? null);
    expect(after).not.toEqual(before);
  }
});

it('has one row when many revoke a token at once, on two instances', async () => {
  const id = await createToken('revoked by many');
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      either(at).post(`mutation { revokeToken(id: "${id}") { userErrors { code } } }`),
    ),
  );
  expect((await rowsOf(id)).map(({ action }) => action)).toEqual(['token.create', 'token.revoke']);
});

it('has one row when one request with an Idempotency-Key is sent many times at once', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => createToken('once', 'one-key')));
  expect(new Set(made).size).toBe(1);
  const rows = await auditRows(store.database, workspaceId);
  expect(rows.filter(({ after }) => Object(after).name === 'once')).toHaveLength(1);
});

it('has no row when the change is refused', async () => {
  const before = (await auditRows(store.database, workspaceId)).length;
  const viewer = await gateway.tokenOf('VIEWER');
  for (const headers of [{ authorization: `Bearer ${viewer}` }, {}]) {
    await gateway.post('mutation { deleteBudget(id: "bud_nothing") { userErrors { code } } }', {}, headers);
    await gateway.post(
      'mutation { createToken(input: { name: "bootstrap", role: ADMIN }) { userErrors { code } } }',
      {},
      headers,
    );
  }
  // tokenOf has created one.
  expect(await auditRows(store.database, workspaceId)).toHaveLength(before + 1);
});

it('has a row for every change and no other when the process is killed and its connections end', async () => {
  const token = `fgw_${randomBytes(32).toString('base64url')}`;
  const other = await createTestDatabase();
  try {
    const env = {
      DATABASE_URL: other.url,
      ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
      GATEWAY_BOOTSTRAP_TOKEN: token,
      SANDBOX: 'off',
    };
    for (const end of ['SIGKILL', 'terminate'] as const) {
      const running = await runGateway(env);
      const create = async (at: number): Promise<boolean> => {
        const response = await fetch(`${running.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({
            query: `mutation { createToken(input: { name: "${end} ${at}", role: VIEWER }) { token { id } } }`,
          }),
        });
        return (await response.text()).includes('"id":"tok_');
      };
      for (let at = 0; at < 20; at += 1) expect(await create(at)).toBe(true);
      const sent = Array.from({ length: 200 }, (_, at) => create(100 + at).catch(() => false));
      await Promise.race(sent);
      if (end === 'SIGKILL') running.signal('SIGKILL');
      else {
        await other.database.sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and application_name like '%firmable-gateway%'`.catch(
          () => {},
        );
      }
      await Promise.all(sent);
      running.signal('SIGKILL');
      await running.exited;
    }
    const unequal = await other.database.sql`
      select t.id, e.subject from (select * from tokens where name <> 'bootstrap') t
      full join (select * from audit_events where action = 'token.create' and token_id is not null) e
        on e.subject = 'tok_' || t.id
      where t.id is null or e.subject is null`;
    expect(unequal).toEqual([]);
    const [counted] = await other.database.sql<
      { tokens: number }[]
    >`select count(*)::int as tokens from tokens`;
    expect(counted?.tokens).toBeGreaterThan(40);
  } finally {
    await other.close();
  }
}, 120_000);
