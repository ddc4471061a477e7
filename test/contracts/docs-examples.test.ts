import { execFile, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { partialAtFirmable } from '../../src/sandbox/samples.js';
import { createAccount, ended, openLedger, requestFor } from '../ledger/setup.js';
import * as docs from './read-docs.js';

const words = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);

/** The id of the entry of a new presumed charge. */
const presumeCharge = async ({ context, token }: TestGateway): Promise<string> => {
  const { workspaceId } = await context.findCaller(token);
  const ledger = openLedger(context.database);
  const request = requestFor(createAccount(workspaceId), 'company:domain:lost.example');
  await ledger.reserve(request);
  await ledger.settle(ended(request, 'UNKNOWN'));
  await ledger.close(1_000);
  return `ent_${request.id}`;
};

/** People are looked up only when the search for them has ended. */
const untilEnded = async (gateway: TestGateway, id: string): Promise<void> => {
  const state = async () => JSON.stringify((await gateway.post(`{ job(id: "${id}") { state } }`)).body);
  for (let tries = 0; tries < 200 && !(await state()).includes('COMPLETED'); tries += 1) await sleep(50);
};

const documents = docs.readDocuments().filter(({ text }) => docs.examplesIn(text).length > 0);

describe('every operation of a document', () => {
  let gateway: TestGateway;
  afterEach(() => gateway.close());

  it.each(documents)('runs in order and responds as shown in $name', async ({ text }) => {
    gateway = await startGateway();
    const listed = dataOf<{ nodes: { id: string; name: string }[] }>(
      await gateway.post('{ connections { nodes { id name } } }'),
      'connections',
    );
    const connection = listed.nodes.find(({ name }) => name === 'Firmable sandbox')?.id ?? '';
    const entry = text.includes('ent_…') ? await presumeCharge(gateway) : '';
    let token = '';
    let destination = '';
    let job = '';
    for (const { query, response } of docs.examplesIn(text)) {
      const filled = query
        .replaceAll('con_…', connection)
        .replaceAll('tok_…', token)
        .replaceAll('ent_…', entry)
        .replaceAll('ald_…', destination)
        .replaceAll('job_…', job)
        .replaceAll('fbl_…', 'fbl_sandbox_docs');
      if (filled.includes(`source: { job: "${job}"`)) await untilEnded(gateway, job);
      const { body } = await gateway.post(filled);
      job = /job_[0-9a-f-]{36}/.exec(JSON.stringify(body))?.[0] ?? job;
      destination = /ald_[0-9a-f-]{36}/.exec(JSON.stringify(body))?.[0] ?? destination;
      expect([filled, JSON.stringify(body)]).toEqual([
        filled,
        expect.not.stringMatching(/"(?:errors|userErrors)":\[\{|"FAILED"/),
      ]);
      token = /"createToken":.*?"(tok_[^"]+)/.exec(JSON.stringify(body))?.[1] ?? token;
      expect([query, body]).toEqual([query, response ?? body]);
    }
  });
});

describe('the saved waterfall of the guide', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
    const guide = docs.examplesIn(docs.readDocument('docs/waterfalls.md'));
    await gateway.post(guide.find(({ query }) => query.includes('saveWaterfall('))?.query ?? '');
  });
  afterAll(() => gateway.close());

  it.each([
    ['People Data Labs', partialAtFirmable.withoutPhone.linkedin],
    ['Apollo', partialAtFirmable.phoneOnlyAtApollo.linkedin],
  ])('finds the phone that only %s has', async (_, linkedin) => {
    const answered = await gateway.post(
      `query Q($linkedin: String!) {
        person(by: { linkedin: $linkedin }) { person { phones { number } } } }`,
      { linkedin },
    );
    expect(dataOf(answered, 'person')).toMatchObject({ person: { phones: [expect.anything()] } });
  });
});

describe('every shell example with curl', () => {
  let gateway: TestGateway;
  const jobs = { JOB: '', PEOPLE_JOB: '' };
  beforeAll(async () => {
    gateway = await startGateway();
    const { body } = await gateway.post(`mutation {
      companies: createJob(input: { operation: COMPANY, maxCredits: 0, source: { companies: [{ abn: "1" }] } }) { job { id } }
      people: createJob(input: { operation: PERSON, maxCredits: 0, source: { people: [{ id: "1" }] } }) { job { id } }
    }`);
    const [companies = '', people = ''] = JSON.stringify(body).match(/job_[0-9a-f-]{36}/g) ?? [];
    Object.assign(jobs, { JOB: companies, PEOPLE_JOB: people });
  });
  afterAll(() => gateway.close());

  const commands = docs
    .readDocuments()
    .flatMap(({ name, text }) => docs.curlsIn(text).map((command) => ({ name, command })));

  it('is found', () => {
    expect(commands.length).toBeGreaterThan(4);
  });

  it.runIf(spawnSync('curl', ['--version']).status === 0).each(commands)(
    'succeeds with a token and fails without: $command',
    async ({ command }) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'gateway-docs-'));
      // A stream has no end: what it sends first is enough.
      const shown = command
        .replaceAll('http://127.0.0.1:4000', gateway.url)
        .replace(/^curl -N .*/s, '($&) | grep -m 1 data:');
      writeFileSync(path.join(folder, 'companies.csv'), 'Company,Website\nHarbourline,harbourline.example\n');
      const run = async (token: string) =>
        await promisify(execFile)('sh', ['-c', shown], {
          cwd: folder,
          env: { ...process.env, TOKEN: token, ...jobs },
        });
      try {
        const { stdout } = await run(gateway.token);
        expect(stdout).not.toContain('"errors"');
        // curl exits with 22 for a status of 400 and above where it has -f.
        const refused = await run('fgw_wrong').then(
          (printed) => printed.stdout,
          (error: { code: number }) => error.code,
        );
        expect(/UNAUTHENTICATED|^22$/.test(String(refused))).toBe(true);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

  it('has every parameter of the table of exports accepted', async () => {
    const guide = docs.readDocument('docs/usage-and-exports.md');
    const values: Record<string, string> = {
      from: '2026-11-01',
      to: '2026-12-01',
      timeZone: 'Australia/Sydney',
      groupBy: 'WORKFLOW',
      // Chargeback divides all uses of a record, and these filters select some.
      chargeback: 'false',
      charge: 'CHARGED',
      provider: 'FIRMABLE',
      operation: 'PERSON',
      workflow: 'crm-sync',
      outcome: 'FOUND',
      payer: 'CONNECTION',
      sandbox: 'true',
      connection: 'con_018f0000-0000-7000-8000-000000000001',
      token: 'tok_018f0000-0000-7000-8000-000000000001',
    };
    const labels = words(/^Labels are (.*?);/ms.exec(guide)?.[1] ?? '');
    expect(labels).toHaveLength(8);
    for (const name of ['entries', 'usage', 'unlocks', 'records']) {
      const row = new RegExp(`^\\| \`${name}\` \\| (.*?) \\|`, 'm').exec(guide)?.[1] ?? '';
      const listed = row.startsWith('the same')
        ? ['operation', 'connection', 'sandbox']
        : [...words(row), ...(row.includes('labels') ? labels : [])];
      const query = new URLSearchParams(listed.map((word): [string, string] => [word, values[word] ?? '']));
      const response = await fetch(`${gateway.url}/export/${name}.csv?${query.toString()}`, {
        headers: { authorization: `Bearer ${gateway.token}` },
      });
      expect([name, response.status, response.ok ? '' : await response.text()]).toEqual([name, 200, '']);
    }
  });
});

describe('the verification examples of the guide to alerts', () => {
  const guide = docs.readDocument('docs/alerts.md');
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const rawBody = '{"type":"budget.threshold_reached"}';
  const timestamp = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', Buffer.alloc(32, 7))
    .update(`alert_1.${timestamp}.${rawBody}`)
    .digest('base64');
  const headers = {
    'webhook-id': 'alert_1',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };

  it('accept our signature in Node.js, and no other', () => {
    const [example = ''] = docs.blocksIn(guide, 'js');
    const run = (signed: string) => {
      const request = { headers: { ...headers, 'webhook-signature': signed } };
      const given = `const rawBody = ${JSON.stringify(rawBody)}; const request = ${JSON.stringify(request)};`;
      const program = `${example.replace(/^(import .*)$/m, `$1\n${given}`)}\nconsole.log(JSON.stringify(alert));`;
      return spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
        cwd: docs.root,
        encoding: 'utf8',
        env: { ...process.env, WEBHOOK_SECRET: secret },
      });
    };
    expect(JSON.parse(run(`v1,${signature}`).stdout)).toEqual(JSON.parse(rawBody));
    expect(run('v1,AAAA').stderr).toContain('No matching signature');
  });

  it.runIf(spawnSync('python3', ['--version']).status === 0)(
    'accept our signature in Python, and no other',
    () => {
      const [example = ''] = docs.blocksIn(guide, 'python');
      const program = `${example}
import json, sys
given = json.load(sys.stdin)
print(verify(given["secret"], given["headers"], given["rawBody"].encode()))
`;
      const run = (signed: string): string =>
        spawnSync('python3', ['-c', program], {
          encoding: 'utf8',
          input: JSON.stringify({ secret, headers: { ...headers, 'webhook-signature': signed }, rawBody }),
        }).stdout.trim();
      expect(run(`v1,${signature}`)).toBe('True');
      expect(run('v1,AAAA')).toBe('False');
    },
  );
});
