import { expect, test } from 'vitest';
import { guessOperation } from '../../../src/enrichment/imports/read-declaration.js';

const provider = {
  title: 'Firmable',
  isCompanyId: (id: string) => /^f\d{1,20}$/.test(id),
  isPersonId: (id: string) => /^fp\d{1,20}$/.test(id),
};
const guess = (csv: string) => guessOperation(provider, csv);

test.each([
  ['COMPANY', 'id,name\nf1,A\n'],
  ['PERSON', 'id,name\n,nobody\nFP1,A\n'],
])('a file with ids of one kind lists a %s in each line', (operation, csv) => {
  expect(guess(csv)).toBe(operation);
});

test.each([
  ['a contact list with few ids of people', 'Person ID,Company ID\nfp1,f1\n,f2\n,f3\n', 3, 1],
  ['ids of people under an unknown heading', 'who,company_id\nfp1,f1\n', 1, 1],
  ['one column of both', 'f1\nfp1\nfp2\n', 1, 2],
])('%s is not guessed at', (_, csv, companies, people) => {
  expect(() => guess(csv)).toThrow(
    `of companies in ${companies} lines and of people in ${people}. Say which were bought with --kind company or --kind person.`,
  );
});

test('a file without ids, and one that was cut off, are refused as what they are', () => {
  expect(() => guess('name\nA\n')).toThrow('has no ids of Firmable');
  expect(() => guess('id,name\nf1,"A')).toThrow('cut off');
});
