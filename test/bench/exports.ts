import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { DatabaseAddress } from '../../src/platform/database.js';
import { buildGateway, type GatewayProcess, runGateway } from '../support/gateway.js';
import type { BenchStore } from './open-store.js';

/** One line of the result. Memory is the gateway's whole resident set, before the export and at its peak. */
export type MeasuredExport = {
  set: 'exports';
  file: string;
  rows: number;
  megabytes: number;
  seconds: number;
  rowsPerSecond: number;
  idleMb: number;
  peakMb: number;
};

const rowsPerStatement = 100_000;
const sampleEveryMs = 50;

/**
 * Exports a whole ledger out of a gateway process of its own, ever longer, and watches that process's memory. Every
 * export is added up, and must come to the ledger's credits.
 */
export const benchExports = async (store: BenchStore, full: boolean): Promise<MeasuredExport[]> => {
  buildGateway();
  const token = `fgw_${randomBytes(32).toString('base64url')}`;
  const gateway = await runGateway({
    DATABASE_URL: urlOf(store.address),
    ENCRYPTION_KEYS: store.secrets.map((secret) => secret.toString('base64')).join(','),
    GATEWAY_BOOTSTRAP_TOKEN: token,
  });
  try {
    if (gateway.url === null) throw new Error(`the gateway did not start: ${gateway.output()}`);
    const workspaceId = await workspaceOf(gateway.url, token);
    const results: MeasuredExport[] = [];
    let written = 0;
    for (const rows of [10_000, 100_000, ...(full ? [1_000_000] : [])]) {
      for (; written < rows; written += Math.min(rowsPerStatement, rows - written)) {
        await writeEntries(store, workspaceId, written, Math.min(rowsPerStatement, rows - written));
      }
      for (const file of ['entries.csv', 'entries.ndjson']) {
        results.push(await measure(store, gateway, { token, workspaceId, file }));
      }
    }
    return results;
  } finally {
    gateway.signal('SIGTERM');
    await gateway.exited;
  }
};

const measure = async (
  store: BenchStore,
  gateway: GatewayProcess,
  { token, workspaceId, file }: { token: string; workspaceId: string; file: string },
): Promise<MeasuredExport> => {
  const idleMb = residentMb(gateway.pid);
  let peakMb = idleMb;
  const sampling = setInterval(() => {
    peakMb = Math.max(peakMb, residentMb(gateway.pid));
  }, sampleEveryMs);
  const startedMs = performance.now();
  const response = await fetch(`${gateway.url}/export/${file}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { rows, bytes, credits } = await addUp(response, file);
  const seconds = (performance.now() - startedMs) / 1_000;
  clearInterval(sampling);
  const [ledger] = await store.database.sql<{ rows: number; credits: string }[]>`
    select count(*)::int as rows, sum(credits) as credits from entries where workspace_id = ${workspaceId}`;
  if (ledger?.rows !== rows || BigInt(ledger.credits) !== credits) {
    throw new Error(
      `${file} has ${rows} rows of ${credits} credits, the ledger ${ledger?.rows} of ${ledger?.credits}`,
    );
  }
  return {
    set: 'exports',
    file,
    rows,
    megabytes: Math.round(bytes / 1e6),
    seconds: Number(seconds.toFixed(1)),
    rowsPerSecond: Math.round(rows / seconds),
    idleMb,
    peakMb,
  };
};

/** Reads an export as it comes. No cell of these entries holds a comma or a line break. */
const addUp = async (
  response: Response,
  file: string,
): Promise<{ rows: number; bytes: number; credits: bigint }> => {
  const columns: string[] = [];
  const decoder = new TextDecoder();
  let [rows, bytes, credits, rest] = [0, 0, 0n, ''];
  const take = (line: string): void => {
    if (file.endsWith('.ndjson')) credits += BigInt(/"creditsCharged":(-?\d+)/.exec(line)?.[1] ?? 'none');
    else if (columns.length === 0) {
      columns.push(...line.split(','));
      return;
    } else credits += BigInt(line.split(',')[columns.indexOf('creditsCharged')] ?? 'none');
    rows += 1;
  };
  if (response.body === null || !response.ok) throw new Error(`the export was refused: ${response.status}`);
  const chunks: AsyncIterable<Uint8Array> = response.body;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  }
  return { rows, bytes, credits };
};

export const residentMb = (pid: number): number =>
  Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) / 1_024);

const workspaceOf = async (url: string, token: string): Promise<string> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ viewer { workspace { id } } }' }),
  });
  const { data }: { data: { viewer: { workspace: { id: string } } } } = await response.json();
  return data.viewer.workspace.id;
};

const writeEntries = async (
  { database: { sql } }: BenchStore,
  workspaceId: string,
  from: number,
  count: number,
): Promise<void> => {
  await sql`
    insert into entries (
      workspace_id, id, lookup_id, occurred_at, outcome, charge, credits, saved, account_id, operation, provider, payer,
      token_id, workflow, latency_ms)
    select ${workspaceId}, e.id, e.id, now() - n.i * interval '7 seconds', 'FOUND', 'CHARGED', n.i % 4, 0, ${workspaceId},
      'COMPANY', 'FIRMABLE', 'CONNECTION', ${workspaceId}, 'workflow ' || n.i % 5, 120
    from generate_series(${from}::int, ${from + count - 1}::int) as n (i)
    cross join lateral (select uuid_v7() as id, n.i) e`;
};

export const urlOf = (address: DatabaseAddress): string =>
  'url' in address
    ? address.url
    : `postgres://${address.user}@localhost/${address.database}?host=${address.socketDir}`;
