import { Pool } from 'undici';
import { readConfig } from '../../../../src/config/config.js';
import { createBatcher } from '../../../../src/platform/batcher.js';
import { connect, type DatabaseAddress, type Sql } from '../../../../src/platform/database.js';
import { openEmbedded } from '../../../../src/platform/embedded/open-embedded.js';
import { newId } from '../../../../src/platform/ids.js';
import { createLog } from '../../../../src/platform/log.js';
import type { Opened } from '../../../../src/platform/run-service.js';
import type { Company } from '../hand-written/provider.js';

/** One lookup: the id of its rows, and what it looks up. */
export type Line = { id: string; lookupKey: string };

/** One that was answered, with the body that came. It is parsed once, where anybody asks for it. */
export type AnsweredLine = Line & { body: string; company: () => Company };

/** What is written before and after the calls of a batch, each in one statement. */
export type Inserts = {
  createTables: (sql: Sql, address: DatabaseAddress) => Promise<unknown>;
  before: (sql: Sql, lines: readonly Line[]) => Promise<unknown>;
  after: (sql: Sql, lines: readonly AnsweredLine[]) => Promise<unknown>;
};

/**
 * Makes the function that calls the upstream for a domain, with rows before and after each call, durable, by plain
 * inserts: nothing that is there is looked at. As in the gateway, rows that come during a commit share the next one: a
 * commit for each row would be no limit. What it opens is added to `opened`.
 */
export const openInserts = async (
  opened: Opened[],
  inserts: Inserts,
): Promise<(domain: string) => Promise<AnsweredLine & { bytes: Buffer }>> => {
  const { dataDir, firmableBaseUrl, ledgerBatchMax } = readConfig(process.env);
  const postgres = await openEmbedded({ dataDir, connectionsMax: 100, log: createLog('silent') });
  opened.push(postgres);
  // One batch of each kind is under way, as in the gateway's ledger.
  const sql = connect(postgres.address, { max: 2, fetch_types: false, onnotice: () => {} });
  opened.push({ close: () => sql.end() });
  await inserts.createTables(sql, postgres.address);
  const batched = <Item>(name: string, insert: (sql: Sql, lines: readonly Item[]) => Promise<unknown>) =>
    createBatcher<Item, null>({
      name,
      run: async (lines) => {
        await insert(sql, lines);
        return lines.map(() => null);
      },
      itemsMax: ledgerBatchMax,
      failsWhole: () => true,
    });
  const before = batched('reservation', inserts.before);
  const after = batched('settlement', inserts.after);

  const pool = new Pool(firmableBaseUrl, { connections: 128, pipelining: 1 });
  opened.push(pool);
  const headers = { accept: 'application/json', authorization: 'Bearer fbl_bench' };
  return async (domain) => {
    const line = { id: newId(), lookupKey: `company:domain:${domain}` };
    await before(line);
    const path = `/company?fqdn=${encodeURIComponent(domain)}&country=AU`;
    const { statusCode, body: stream } = await pool.request({ method: 'GET', path, headers });
    if (statusCode !== 200) throw new Error(`the upstream answered ${statusCode}`);
    const bytes = Buffer.from(await stream.arrayBuffer());
    const body = bytes.toString('utf8');
    let parsed: Company | null = null;
    const company = (): Company => (parsed ??= JSON.parse(body));
    const answered = { ...line, body, company, bytes };
    await after(answered);
    return answered;
  };
};
