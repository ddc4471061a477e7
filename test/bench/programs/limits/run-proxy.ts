import { createServer } from 'node:http';
import { Pool } from 'undici';
import { readConfig } from '../../../../src/config/config.js';
import { createBatcher } from '../../../../src/platform/batcher.js';
import { connect, type DatabaseAddress, type Sql } from '../../../../src/platform/database.js';
import { openEmbedded } from '../../../../src/platform/embedded/open-embedded.js';
import { newId } from '../../../../src/platform/ids.js';
import { createLog } from '../../../../src/platform/log.js';
import { runService } from '../../../../src/platform/run-service.js';
import { countBatches } from '../count-batches.js';

/** One lookup: the id of its rows, and what it looks up. */
export type Line = { id: string; lookupKey: string };

/** One that was answered, with the body that came. */
export type AnsweredLine = Line & { body: string };

/** What is written before and after the calls of a batch, each in one statement. */
export type Inserts = {
  createTables: (sql: Sql, address: DatabaseAddress) => Promise<unknown>;
  before: (sql: Sql, lines: readonly Line[]) => Promise<unknown>;
  after: (sql: Sql, lines: readonly AnsweredLine[]) => Promise<unknown>;
};

/**
 * Runs the bare proxy with rows before and after each call, durable, by plain inserts: nothing that is there is looked at.
 * As in the gateway, rows that come during a commit share the next one: a commit for each row would be no limit.
 */
export const runProxy = (inserts: Inserts): Promise<void> =>
  runService(async (opened) => {
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
    const answer = async (url: string): Promise<Buffer> => {
      const domain = new URL(url, 'http://proxy').searchParams.get('fqdn') ?? '';
      const line = { id: newId(), lookupKey: `company:domain:${domain}` };
      await before(line);
      const path = `/company?fqdn=${encodeURIComponent(domain)}&country=AU`;
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
      if (statusCode !== 200) throw new Error(`the upstream answered ${statusCode}`);
      const bytes = Buffer.from(await body.arrayBuffer());
      await after({ ...line, body: bytes.toString('utf8') });
      return bytes;
    };

    const batches = countBatches();
    const server = createServer((request, response) => {
      const url = request.url ?? '/';
      if (url === '/metrics') {
        response.end(batches());
        return;
      }
      answer(url).then(
        (bytes) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
          response.end(bytes);
        },
        (error: unknown) => response.writeHead(502).end(String(error)),
      );
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address !== 'string') console.log(`http://127.0.0.1:${address.port}`);
    });
  });
