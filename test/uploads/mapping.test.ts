import { expect, it } from 'vitest';
import { createProviders } from '../../src/providers/catalogue.js';
import { isHeader } from '../../src/uploads/find-header.js';
import { proposeMapping } from '../../src/uploads/propose-mapping.js';
import { silentLog } from '../support/silent-log.js';

const providers = createProviders({ log: silentLog, sandboxUrls: {} });

const propose = async (table: string): Promise<[string, ...string[]]> => {
  const [header = '', ...rows] = table.split('\n');
  const { operation, mapping } = await proposeMapping(
    header.split(','),
    rows.map((row) => ({ cells: row.split(',') })),
    providers,
  );
  return [operation, ...mapping.map(({ column, identifier }) => `${column} ${identifier}`)];
};

it.each<[string, string, string[]]>([
  ['a header', 'Company,Domain\nA,a.example', ['COMPANY', '1 DOMAIN']],
  ['a header in other words', 'Firma,Web Site URL\nA,https://a.example/x', ['COMPANY', '1 WEBSITE']],
  ['cells alone', 'x,y\nA,a.example\nB,b.example', ['COMPANY', '1 DOMAIN']],
  ['addresses alone', 'x,y\nA,https://a.example/\nB,www.b.example', ['COMPANY', '1 WEBSITE']],
  [
    'the order of preference',
    'abn,linkedin,domain,id\n51824753556,a,a.example,f1',
    ['COMPANY', '3 ID', '2 DOMAIN', '1 LINKEDIN', '0 ABN'],
  ],
  ['ids of another system', 'id,website\n1001,a.example\n1002,b.example', ['COMPANY', '1 WEBSITE']],
  [
    'ids that are UUIDs',
    'id,website\n01a227d0-d6c6-729a-8f00-4b2d3335e385,a.example',
    ['COMPANY', '1 WEBSITE'],
  ],
  ['pages of companies', 'Name,Page\nA,https://www.linkedin.com/company/a', ['COMPANY', '1 LINKEDIN']],
  ['pages of people', 'Name,Page,Site\nA,linkedin.com/in/a-b,a.example', ['PERSON', '1 LINKEDIN']],
  [
    'addresses of people and sites',
    'First name,Email,Company domain\nMara,mara@a.example,a.example',
    ['PERSON', '1 WORK_EMAIL'],
  ],
  ['private addresses', 'Email\na@gmail.com\nb@gmail.com\nc@d.example', ['PERSON', '0 PERSONAL_EMAIL']],
  [
    'both kinds of addresses',
    'Work email,Personal e-mail\na@b.example,a@gmail.com',
    ['PERSON', '0 WORK_EMAIL', '1 PERSONAL_EMAIL'],
  ],
  ['mailboxes of companies', 'Company,Website,Email\nA,a.example,info@a.example', ['COMPANY', '1 WEBSITE']],
  ['addresses of logos', 'Company,Logo URL\nA,https://cdn.example/a.png', ['COMPANY']],
  [
    'one address in all rows',
    `Company,Source\n${'A,portal.example\n'.repeat(9)}A,portal.example`,
    ['COMPANY'],
  ],
  [
    'cells beside a header whose cells are empty',
    'Domain,Home\n,a.example\n,b.example',
    ['COMPANY', '0 DOMAIN', '1 DOMAIN'],
  ],
  ['nothing', 'a,b\n1,2', ['COMPANY']],
])('proposes a mapping by %s', async (_, table, proposal) => {
  expect(await propose(table)).toEqual(proposal);
});

it('proposes for the operation that is wanted', async () => {
  const rows = [{ cells: ['mara@a.example', 'a.example'] }];
  const proposed = await proposeMapping(['email', 'domain'], rows, providers, 'COMPANY');
  expect(proposed).toEqual({ operation: 'COMPANY', mapping: [{ column: 1, identifier: 'DOMAIN' }] });
});

it('lets other requests be handled while it reads thousands of columns', async () => {
  const width = 16_384;
  const cells = Array.from({ length: width }, (_, at) => `https://www.a${at}.example/about`);
  const headers = Array.from({ length: width }, (_, at) => `Website ${at}`);
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  try {
    const rows = Array.from({ length: 20 }, () => ({ cells }));
    const { mapping } = await proposeMapping(headers, rows, providers, 'COMPANY');
    expect(mapping).toHaveLength(width);
    expect(turns).toBeGreaterThan(20);
    turns = 0;
    expect(await isHeader(cells, [headers, headers], providers.FIRMABLE)).toBe(true);
    expect(turns).toBeGreaterThan(2);
  } finally {
    clearInterval(timer);
  }
});
