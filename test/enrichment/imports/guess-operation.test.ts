import { expect, it } from 'vitest';
import { guessOperation } from '../../../src/enrichment/imports/read-declaration.js';

const provider = {
  title: 'Firmable',
  isCompanyId: (id: string) => /^f\d{1,20}$/.test(id),
  isPersonId: (id: string) => /^fp\d{1,20}$/.test(id),
};
const guess = (csv: string) => guessOperation(provider, csv);

it.each([
  ['COMPANY', 'id,name\nf1,A\n'],
  ['PERSON', 'id,name\n,nobody\nFP1,A\n'],
])('guesses %s when a file has ids of that kind only', (operation, csv) => {
  expect(guess(csv)).toBe(operation);
});

it.each([
  ['a contact list with few ids of people', 'Person ID,Company ID\nfp1,f1\n,f2\n,f3\n', '3 lines', 1],
  ['ids of people under an unknown heading', 'who,company_id\nfp1,f1\n', '1 line', 1],
  ['one column of both', 'f1\nfp1\nfp2\n', '1 line', 2],
])('refuses to guess when a file has %s', (_, csv, companies, people) => {
  expect(() => guess(csv)).toThrow(
    `of companies in ${companies} and of people in ${people}. Say which were bought with --kind company or --kind person.`,
  );
});

it('refuses a file with its reason when it has no ids, or was cut off', () => {
  expect(() => guess('name\nA\n')).toThrow('has no ids of Firmable');
  expect(() => guess('id,name\nf1,"A')).toThrow('cut off');
});
