import { setTimeout as sleep } from 'node:timers/promises';
import { rollUpUsage } from '../../../src/usage/roll-up-usage.js';
import { urlOf } from '../exports.js';
import { queryFor } from '../lookups/queries.js';
import { summaryOf } from '../numbers.js';
import { type BenchStore, openStore } from '../open-store.js';
import { buildPrograms, gatewayPath } from '../processes/build-programs.js';
import { type RunningServer, runServer } from '../processes/run-server.js';
import { gatewayEnv, newToken, operate, startFlags } from '../processes/start-gateway.js';
import { startLoad } from '../processes/start-load.js';
import { startUpstream } from '../processes/start-upstream.js';
import type { SetResult } from '../sets.js';
import { judge, type Outcome } from '../targets.js';
import { type BenchConnection, fillLedger, withoutTimeout } from './fill-ledger.js';
import { dashboardRequests } from './dashboard-documents.js';
import { measurePlainAndOurs } from './plain-and-ours.js';

const rounds = 10;
const viewers = 5;
/** Before the measurement each viewer opens the dashboard this often: V8 compiles, and connections prepare statements. */
const warmRounds = 20;
const tokens = 50;
const providers = ['FIRMABLE', 'FIRMABLE', 'PEOPLE_DATA_LABS', 'APOLLO'];
const timeZone = 'Australia/Sydney';
const dayMs = 86_400_000;

/**
 * The usual installation: all entries of two years are one workspace's, of 30 workflows, 50 tokens and 4 connections. Its
 * reports beside a plain GROUP BY in the same run, and all that the dashboard sends to open its pages Overview and Usage,
 * while lookups run on 8 connections.
 */
export const measureOneWorkspace = async (entries: number): Promise<SetResult> => {
  buildPrograms();
  const upstream = await startUpstream();
  const store = await openStore();
  const admin = newToken();
  const start = (): Promise<RunningServer> =>
    runServer(
      gatewayPath(),
      {
        ...gatewayEnv({ file: '', upstreamUrl: upstream.url, token: admin, dataDir: '' }),
        DATABASE_URL: urlOf(store.address),
        ENCRYPTION_KEYS: store.secrets.map((secret) => secret.toString('base64')).join(','),
      },
      startFlags(),
    );
  try {
    const first = await start();
    const secrets = await furnish(first.url, admin);
    await first.stop();
    const startedMs = performance.now();
    const workspaceId = await fill(store, entries);
    console.log(
      `One workspace of ${entries} entries after ${Math.round((performance.now() - startedMs) / 1_000)} s.`,
    );
    const to = new Date(Math.floor(Date.now() / dayMs) * dayMs);
    const reports = await measurePlainAndOurs(store, { workspaceId, entries, to, timeZone, rounds });
    const gateway = await start();
    try {
      const opened = await measureDashboard(gateway.url, { admin, secrets, entries, to });
      return { rows: [...reports.rows, ...opened.rows], outcomes: [...reports.outcomes, ...opened.outcomes] };
    } finally {
      await gateway.stop();
    }
  } finally {
    await store.close();
    await upstream.stop();
  }
};

/** Connections and tokens, by the API; returns the secrets of the tokens. */
const furnish = async (url: string, admin: string): Promise<string[]> => {
  for (const [place, provider] of providers.entries()) {
    // As long as a key of Firmable's; those of the others have no prefix.
    const key = `${provider === 'FIRMABLE' ? 'fbl_' : ''}bench${place}${'0123456789abcdef'.repeat(2)}`;
    const { made } = await operate<{ made: { userErrors: { message: string }[] } }>(
      url,
      admin,
      `mutation ($input: CreateConnectionInput!) {
        made: createConnection(input: $input) { userErrors { message } }
      }`,
      { input: { provider, name: `Bench ${place}`, key, verify: false } },
    );
    const [refused] = made.userErrors;
    if (refused !== undefined) throw new Error(`no connection of ${provider}: ${refused.message}`);
  }
  const secrets: string[] = [];
  for (let place = 0; place < tokens; place += 1) {
    const { createToken } = await operate<{ createToken: { secret: string } }>(
      url,
      admin,
      'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret userErrors { message } } }',
      { input: { name: `Bench ${place}`, role: 'MEMBER' } },
    );
    secrets.push(createToken.secret);
  }
  return secrets;
};

const fill = async ({ database: { sql } }: BenchStore, entries: number): Promise<string> => {
  const [workspace] = await sql<{ id: string }[]>`select id from workspaces`;
  if (workspace === undefined) throw new Error('the gateway made no workspace');
  const connections = await sql<BenchConnection[]>`
    select id, account_id as "accountId", provider from connections order by id`;
  const made = await sql<{ id: string }[]>`select id from tokens order by id`;
  await fillLedger(
    sql,
    {
      workspaceId: workspace.id,
      connections,
      tokens: made.map(({ id }) => id).slice(0, tokens),
      workflows: 30,
      days: 730,
    },
    entries,
  );
  await rollUpUsage(sql, { stopping: new AbortController().signal });
  await withoutTimeout(sql, (tx) => tx`analyze entries, usage_buckets, usage_fallbacks, usage_rollups`);
  return workspace.id;
};

type Opened = { admin: string; secrets: readonly string[]; entries: number; to: Date };

const measureDashboard = async (url: string, { admin, secrets, entries, to }: Opened): Promise<SetResult> => {
  const { connections } = await operate<{ connections: { nodes: { id: string }[] } }>(
    url,
    admin,
    '{ connections(first: 100) { nodes { id } } }',
  );
  const requests = dashboardRequests(
    connections.nodes.map(({ id }) => id),
    to,
    timeZone,
  );
  const open = async (token: string): Promise<number> => {
    const startedMs = performance.now();
    await Promise.all(requests.map(({ query, variables }) => operate(url, token, query, variables)));
    return performance.now() - startedMs;
  };
  const openAll = (count: number): Promise<number[]> => Promise.all(secrets.slice(0, count).map(open));
  const firstMs = await open(admin);
  for (let round = 0; round < warmRounds; round += 1) await openAll(viewers);
  const load = startLoad();
  const rows: object[] = [
    {
      set: 'reports',
      entries,
      way: 'dashboard, first after a start, alone',
      p50Ms: Number(firstMs.toFixed(1)),
    },
  ];
  const outcomes: Outcome[] = [];
  try {
    const endpoint = { dialect: 'GATEWAY', port: Number(new URL(url).port), token: admin } as const;
    let next = 1;
    for (const count of [1, viewers]) {
      const lookups = load.run({
        ...queryFor(endpoint, 'new'),
        port: endpoint.port,
        connections: 8,
        from: next,
        count: null,
        seconds: rounds,
      });
      await sleep(1_000);
      const timesMs: number[] = [];
      for (let round = 0; round < rounds; round += 1) timesMs.push(...(await openAll(count)));
      const { given, answers, seconds, p99Ms } = await lookups;
      next += given;
      const summary = summaryOf(timesMs);
      rows.push({
        set: 'reports',
        entries,
        way: `dashboard, ${count} viewers`,
        p50Ms: Number(summary.median.toFixed(1)),
        lookupsPerSecond: Math.round(answers / seconds),
        lookupP99Ms: Number(p99Ms.toFixed(1)),
      });
      outcomes.push(
        judge(
          {
            name: `dashboard, ${count} viewers, beside lookups`,
            floor: 250,
            aim: 100,
            unit: 'ms',
            atMost: true,
          },
          summary,
        ),
      );
    }
  } finally {
    await load.stop();
  }
  return { rows, outcomes };
};
