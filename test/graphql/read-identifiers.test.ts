import { afterAll, beforeAll, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
let connection: string;
beforeAll(async () => {
  gateway = await startGateway();
  const answer = await gateway.post(
    'mutation M($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } userErrors { message } } }',
    { input: { provider: 'FIRMABLE', name: 'identifiers', key: 'fbl_sandbox_identifiers' } },
  );
  connection = dataOf<{ connection: { id: string } }>(answer, 'createConnection').connection.id;
});
afterAll(() => gateway.close());

type Result = {
  outcome: string;
  company: { name: string } | null;
  problem: { code: string; message: string } | null;
  receipt: { charge: string; creditsCharged: number; attempts: { payer: object | null }[] };
};

const companies = async (by: object[]): Promise<Result[]> =>
  dataOf<Result[]>(
    await gateway.post(
      `query Q($by: [CompanyKey!]!, $options: LookupOptions) { companies(by: $by, options: $options) {
        outcome company { name } problem { code message }
        receipt { charge creditsCharged attempts { payer { kind } } } } }`,
      { by, options: { connection } },
    ),
    'companies',
  );

it('buys a company once when a list has it in many spellings', async () => {
  const { domain, linkedin, abn } = flagship;
  const results = await companies([
    { domain },
    { website: `https://careers.${domain}/jobs` },
    { website: `http://http://${domain}` },
    { domain: `[${domain}](https://${domain})` },
    { domain: `"${domain}",` },
  ]);
  expect(results.map(({ company }) => company?.name)).toEqual(results.map(() => flagship.name));
  const later = await companies([
    { website: `https://www.linkedin.com/company/${linkedin.toUpperCase()}/about` },
    { linkedin: `<https://au.linkedin.com/company/${linkedin}|${linkedin}>` },
    { abn: `AU${abn}` },
    { abn: `${abn}.0` },
  ]);
  expect(later.map(({ receipt }) => receipt.charge)).toEqual(later.map(() => 'ALREADY_UNLOCKED'));
});

it('refuses text that names no company for certain, with its reason, before a payer is chosen', async () => {
  const refused: [object, RegExp][] = [
    [{ website: 'facebook.com/harbourline' }, /social network/],
    [{ website: 'bit.ly/3xyz' }, /shortens/],
    [{ website: 'https://jobs.lever.co/harbourline' }, /lists jobs/],
    [{ website: 'https://harbourline.notion.site' }, /hosts pages/],
    [{ domain: 'com.au' }, /public suffix/],
    [{ domain: 'gmail.com' }, /e-mail provider/],
    [{ website: 'android-app://com.harbourline' }, /scheme android-app/],
    [{ domain: 'harbourline.example;www.other.example' }, /more than one domain/],
    [{ website: 'https://www.linkedin.com/in/jane-doe' }, /page of a person/],
    [{ abn: '004085616' }, /This is an ACN/],
    [{ abn: '5.3004E+10' }, /spreadsheet has rounded/],
    [{ domain: '\uFDFA'.repeat(30_000) }, /longer than 4000 characters/],
  ];
  const results = await companies(refused.map(([by]) => by));
  expect(results.map(({ problem }) => problem?.code)).toEqual(refused.map(() => 'INVALID_IDENTIFIER'));
  expect(results.map(({ problem }, at) => refused[at]?.[1].test(problem?.message ?? ''))).toEqual(
    refused.map(() => true),
  );
  expect(results.flatMap(({ receipt }) => receipt.attempts.map(({ payer }) => payer))).toEqual(
    refused.map(() => null),
  );
});

it('gives the same reason in an import', async () => {
  const [result] = await companies([{ website: 'https://jobs.lever.co/harbourline' }]);
  const answer = await gateway.post(
    'mutation M($input: ImportUnlocksInput!) { importUnlocks(input: $input) { unparsedIdentifiers { reason } userErrors { message } } }',
    {
      input: {
        connection,
        operation: 'COMPANY',
        csv: 'id,website\nf000000900001,https://jobs.lever.co/harbourline\n',
      },
    },
  );
  expect(answer.body).toMatchObject({
    data: {
      importUnlocks: {
        unparsedIdentifiers: [{ reason: `${result?.problem?.message} The record is imported without it.` }],
      },
    },
  });
});
