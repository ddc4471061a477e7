import { expect, it } from 'vitest';
import { readFieldList } from '../../src/graphql/field-list.js';
import { createSchema } from '../../src/graphql/schema.js';

const schema = createSchema();
const read = (text: string, type = 'Person'): string[] =>
  readFieldList(schema, type, text).map(({ path, listAt }) =>
    path.map((name, at) => (at === listAt ? `[${name}]` : name)).join('.'),
  );

it.each([
  ['name,position', ['name', 'position']],
  [' name , name\n', ['name']],
  ['company.name', ['company.name']],
  ['company { name, website } name', ['company.name', 'company.website', 'name']],
  ['emails { work { value } }', ['emails.[work].value']],
  ['emails{work{value}personal.deliverability}', ['emails.[work].value', 'emails.[personal].deliverability']],
  ['phones', ['[phones].isDoNotCall', '[phones].number']],
  ['id recordId raw skills', ['id', 'recordId', 'raw', 'skills']],
  ['sources', ['[sources].field', '[sources].provider']],
])('reads %j', (text, paths) => {
  expect(read(text)).toEqual(paths);
});

it.each([
  ['nmae', /near ones are .*name/],
  ['NAME', /near ones are name/],
  ['work', /near ones are .*emails\.work\.value/],
  ['company.nam', /"company" does not have: near ones are company\.name/],
  ['zzzzzzzz', /choose from .*position/],
  ['name.first', /"name" has no fields/],
  ['name{first}', /"name" has no fields/],
  ['company{', /without its closing one/],
  ['company{}', /names no field/],
  ['company.', /"company" does not have/],
  ['name}', /without its opening one/],
  ['', /names no field/],
  ['{ }', /does not have/],
  ['constructor', /does not have/],
  ['__typename', /does not have/],
  ['name; drop', /does not have/],
])('refuses %j, and does not repeat a name that the type does not have', (text, message) => {
  expect(() => read(text)).toThrow(message);
});

it('takes the whole of a deep object, and refuses more fields than a file has use for', () => {
  expect(read('nextGen', 'Company').length).toBeGreaterThan(40);
  expect(() => read('{'.repeat(100_000))).toThrow(/does not have/);
  expect(() => read('company{'.repeat(100_000))).toThrow(/does not have/);
});
