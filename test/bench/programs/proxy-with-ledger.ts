import { createServer, type IncomingMessage } from 'node:http';
import { Pool } from 'undici';
import { readConfig } from '../../../src/config/config.js';
import { createLedger } from '../../../src/ledger/ledger.js';
import { newId } from '../../../src/platform/ids.js';
import { createLog } from '../../../src/platform/log.js';
import { openStore } from '../../../src/platform/open-store.js';
import { runService } from '../../../src/platform/run-service.js';
import { countBatches } from './count-batches.js';
import { newReservation } from './new-reservation.js';

/** As much of the upstream's answer as is read. */
type Company = Record<string, unknown> & { id: string; fqdn: string; linkedin: string };

const account = { workspaceId: newId(), accountId: newId(), tokenId: newId() };

const namesOf = ({ id, fqdn, linkedin, industry_codes: codes }: Company): string[] => [
  `company:id:${id}`,
  `company:domain:${fqdn}`,
  `company:linkedin:${linkedin}`,
  `company:abn:${typeof codes === 'object' && codes !== null && 'abn' in codes ? String(codes.abn) : ''}`,
];

const shown = (company: Company) => ({
  id: company.id,
  name: company['name'],
  domain: company.fqdn,
  website: company['website'],
  linkedin: company.linkedin,
  description: company['description'],
  tagline: company['tagline'],
  employeeCount: company['employee_count'],
  yearFounded: company['year_founded'],
  hqLocation: company['hq_location'],
  companySize: company['company_size'],
  industries: company['industries'],
});

const readText = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += chunk;
  return text;
};

/**
 * What the gateway's accounting costs by itself: the bare proxy, but that it reserves before each call and settles after it
 * with the gateway's own ledger, keeping the same names and the same copy. It has no GraphQL, no tokens, no keys, no
 * waterfalls, no retries, no metrics, and believes whatever the upstream says: what the gateway is slower by, these cost.
 */
await runService(async (opened) => {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const store = await openStore(config, log);
  opened.push(store);
  const { reservationSeconds, ledgerBatchMax } = config;
  const limits = { reservationSeconds, ledgerBatchMax, reserveTimeoutMs: 1_500 };
  const ledger = createLedger(store.database, log, limits);
  opened.push({ close: () => ledger.close(1_000) });
  const pool = new Pool(config.firmableBaseUrl ?? '', { connections: 128, pipelining: 1 });
  opened.push(pool);

  const buy = async (domain: string): Promise<object> => {
    const reservation = newReservation(account, `company:domain:${domain}`);
    const { status } = await ledger.reserve(reservation);
    if (status !== 'RESERVED') throw new Error(`the ledger answered ${status}`);
    const path = `/company?fqdn=${encodeURIComponent(domain)}&country=AU`;
    const headers = { accept: 'application/json', authorization: 'Bearer fbl_bench' };
    const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
    if (statusCode !== 200) throw new Error(`the upstream answered ${statusCode}`);
    const text = await body.text();
    const company: Company = JSON.parse(text);
    const { charge } = await ledger.settle({
      reservation,
      outcome: 'FOUND',
      found: { recordKey: `company:id:${company.id}`, price: 1n, lookupKeys: namesOf(company), body: text },
      problem: null,
      charged: null,
      latencyMs: 0,
    });
    return { outcome: 'FOUND', receipt: { charge }, company: shown(company) };
  };

  const batches = countBatches();
  const server = createServer((request, response) => {
    if (request.url === '/metrics') {
      response.end(batches());
      return;
    }
    readText(request)
      .then(async (text) => {
        const { variables }: { variables: { domain: string } } = JSON.parse(text);
        const answer = JSON.stringify({ data: { company: await buy(variables.domain) } });
        response.setHeader('content-type', 'application/json');
        response.setHeader('content-length', Buffer.byteLength(answer));
        response.end(answer);
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address !== 'string') console.log(`http://127.0.0.1:${address.port}`);
  });
});
