import { expect, it, onTestFinished } from 'vitest';
import { readDeclaration } from '../../../src/enrichment/imports/read-declaration.js';
import { GatewayError } from '../../../src/errors.js';
import { createLog } from '../../../src/platform/log.js';
import { createProviders } from '../../../src/providers/catalogue.js';

const provider = {
  title: 'Firmable',
  isCompanyId: (id: string) => /^f\d{1,20}$/.test(id),
  isPersonId: (id: string) => /^fp\d{1,20}$/.test(id),
};
type Given = Parameters<typeof readDeclaration>[2];
const companies = (given: Given, linesMax = 10_000) => readDeclaration(provider, 'COMPANY', given, linesMax);
const people = (given: Given) => readDeclaration(provider, 'PERSON', given, 10_000);

it('reads ids as people write them, and reports others with their line', () => {
  const { records, lines, invalid } = companies({
    ids: ['f000000117274', '\u200b F000000117275 ', 'fp000000067890', 'smec.com', '', 'f000000117274'],
  });
  expect(records.map(({ recordKey }) => recordKey)).toEqual([
    'company:id:f000000117274',
    'company:id:f000000117275',
  ]);
  expect(lines).toBe(3);
  expect(invalid).toEqual([
    { line: 3, value: 'fp000000067890', reason: 'This is the id of a PERSON: import it as one.' },
    { line: 4, value: 'smec.com', reason: 'This is not an id of a COMPANY at Firmable.' },
    { line: 5, value: '', reason: 'The line has no id.' },
  ]);
});

it.each([
  ['commas', 'Firmable ID,Name\nf1,"A, ""and"" B"\n'],
  ['semicolons, a byte order mark and CRLF', '\ufeffid;Name\r\nf1;A\r\n'],
  ['tabs', 'Name\tcompany_id\nA\tf1'],
  ['quoted headings', '"Company ID","Name"\n"f1","A"\n'],
  ['a line break inside a cell', 'name,id\n"A\nB",f1\n\n'],
  ['no headings', 'f1\n'],
  ['no headings, among other cells', 'A,f1\n'],
  ['a column of row numbers called id beside it', 'id,firmable_id\n1,f1\n'],
  ['the apostrophe that spreadsheets keep', "id\n'f1\n"],
])('finds the ids of a CSV file with %s', (_, csv) => {
  expect(companies({ csv })).toMatchObject({
    records: [{ recordKey: 'company:id:f1' }],
    lines: 1,
    invalid: [],
  });
});

it('counts lines as an editor does when a cell has a line break', () => {
  const { invalid } = companies({ csv: 'name,id\n"A\nB",f1\n\nC,nothing\n' });
  expect(invalid.map(({ line }) => line)).toEqual([5]);
});

it('reads domain, LinkedIn and ABN, in any spelling, when a company has further columns', () => {
  const csv = [
    'id,Website,LinkedIn URL,ABN,Domain',
    'f1,https://www.harbourline.example/about,https://au.linkedin.com/company/Harbourline/,34 999 000 001,harbourline.example',
    'f2,https://facebook.com/f2,linkedin.com/in/somebody,12 345,not a domain',
  ].join('\n');
  expect(companies({ csv }).records).toEqual([
    {
      recordKey: 'company:id:f1',
      lookupKeys: [
        'company:id:f1',
        'company:domain:harbourline.example',
        'company:linkedin:harbourline',
        'company:abn:34999000001',
      ],
    },
    { recordKey: 'company:id:f2', lookupKeys: ['company:id:f2'] },
  ]);
});

it('reports an unparsed identifier by line and value alone, once for each kind, and keeps its record', () => {
  const csv = [
    'id,Name,Website,LinkedIn,ABN',
    'f1,Secret Name,notadomain!!,https://linkedin.com/in/somebody,12',
    'f2,Other,https://facebook.com/f2,,',
    'f3,Third,nope; good.example; nor this,,34 999 000 001',
    'nothing,Fourth,notadomain!!,,',
  ].join('\n');
  const { records, lines, invalid, unparsedIdentifiers } = companies({ csv });
  expect(unparsedIdentifiers).toEqual([
    {
      line: 2,
      value: 'notadomain!!',
      reason:
        'This is not a domain: write it like smec.com, or as a URL of the site. The record is imported without it.',
    },
    {
      line: 2,
      value: 'https://linkedin.com/in/somebody',
      reason: expect.stringMatching(/page of a person.* The record is imported without it\.$/),
    },
    {
      line: 2,
      value: '12',
      reason: expect.stringMatching(/^This is not an ABN: .* this has 2\. The record/),
    },
    {
      line: 3,
      value: 'https://facebook.com/f2',
      reason: expect.stringMatching(/^facebook\.com is a social network/),
    },
    { line: 4, value: 'nope', reason: expect.stringMatching(/^This is not a domain/) },
  ]);
  expect(records.map(({ lookupKeys }) => lookupKeys)).toEqual([
    ['company:id:f1'],
    ['company:id:f2'],
    ['company:id:f3', 'company:domain:good.example', 'company:abn:34999000001'],
  ]);
  expect([lines, invalid.map(({ line }) => line)]).toEqual([3, [5]]);
  expect(people({ csv: 'id,email\nfp1,a at x\n' }).unparsedIdentifiers).toMatchObject([
    { line: 2, value: 'a at x' },
  ]);
});

it('reads every identifier as a lookup does when a file is imported', () => {
  const csv = [
    'id,Website,LinkedIn,ABN',
    'f1,https://www.linkedin.com/company/Harbourline,,',
    'f2,https://careers.quillbourne.example/jobs,urn:li:organization:1363540,AU53004085616',
    'f3,https://a.example/x; https://b.example,,47065475149.0',
  ].join('\n');
  const { records, unparsedIdentifiers } = companies({ csv });
  expect(records.map(({ lookupKeys }) => lookupKeys)).toEqual([
    ['company:id:f1', 'company:linkedin:harbourline'],
    [
      'company:id:f2',
      'company:domain:quillbourne.example',
      'company:linkedin:1363540',
      'company:abn:53004085616',
    ],
    ['company:id:f3', 'company:domain:a.example', 'company:domain:b.example', 'company:abn:47065475149'],
  ]);
  expect(unparsedIdentifiers).toEqual([]);
});

it('rejects a truncated id, but counts it when it chooses the column of ids', () => {
  const providers = createProviders({ log: createLog('silent'), sandboxUrls: {} });
  onTestFinished(async () => {
    await Promise.all(Object.values(providers).map(({ close }) => close()));
  });
  const { records, invalid } = readDeclaration(
    providers.FIRMABLE,
    'COMPANY',
    { csv: 'f000000300,A\nf000000300012,B\nf1000000300012,C\nf0000003000121,D\nf0000067890,E\n' },
    10_000,
  );
  expect(records.map(({ recordKey }) => recordKey)).toEqual([
    'company:id:f000000300012',
    'company:id:f1000000300012',
    'company:id:f0000067890',
  ]);
  expect(invalid).toEqual(
    [
      { line: 1, value: 'f000000300' },
      { line: 4, value: 'f0000003000121' },
    ].map((one) => ({
      ...one,
      reason: 'This is not a complete id of a COMPANY at Firmable: send it with all its digits.',
    })),
  );
});

it('reads LinkedIn and every address, as work and as personal, when the record is a person', () => {
  const csv =
    'Person ID,Company ID,Work Email,LinkedIn\nfp1,f1,A@x.example; b@x.example,https://linkedin.com/in/a-b\n';
  expect(people({ csv }).records).toEqual([
    {
      recordKey: 'person:id:fp1',
      lookupKeys: [
        'person:id:fp1',
        'person:linkedin:a-b',
        'person:workEmail:a@x.example',
        'person:personalEmail:a@x.example',
        'person:workEmail:b@x.example',
        'person:personalEmail:b@x.example',
      ],
    },
  ]);
});

it('drops an identifier when two records share it', () => {
  const { records } = companies({
    csv: 'id,domain\nf1,x.example\nf2,x.example\nf3,y.example\nf3,y.example\n',
  });
  expect(records.map(({ lookupKeys }) => lookupKeys.slice(1))).toEqual([
    [],
    [],
    ['company:domain:y.example'],
  ]);
});

it.each<[string, Given, RegExp]>([
  ['neither list nor file', {}, /either ids or a csv/],
  ['both', { ids: ['f1'], csv: 'id\nf1' }, /either ids or a csv/],
  ['a file without ids', { csv: 'name,domain\nA,x.example\n' }, /no column of ids/],
  ['an empty file', { csv: '' }, /no column of ids/],
  ['a file that was cut off', { csv: 'id,name\nf1,"A' }, /cut off/],
  ['more lines than fit', { ids: ['f1', 'f2', 'f3', 'f4'] }, /At most 3 lines/],
])('refuses the whole list when given %s', (_, given, message) => {
  expect(() => companies(given, 3)).toThrow(GatewayError);
  expect(() => companies(given, 3)).toThrow(message);
});

it('never repeats a key when it is in the wrong column', () => {
  const key = 'fbl_live_abcdefghijklmnop';
  const { invalid } = companies({ ids: [key, 'a1'.repeat(32)] });
  const { unparsedIdentifiers } = companies({ csv: `id,domain,abn\nf1,${key},${'a1'.repeat(32)}\n` });
  expect([invalid.length, unparsedIdentifiers.length]).toEqual([2, 2]);
  expect(JSON.stringify([invalid, unparsedIdentifiers])).not.toMatch(/abcdefgh|a1a1/);
});
