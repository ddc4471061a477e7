import { type Arbitrary, array, assert, constantFrom, jsonValue, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { readCompany } from '../../../src/providers/firmable/read-company.js';
import { readPeoplePage } from '../../../src/providers/firmable/read-people-page.js';
import { readPerson } from '../../../src/providers/firmable/read-person.js';
import { verifySearch } from '../../../src/providers/firmable/to-request.js';
import { fullCompany, fullPerson } from './examples.js';

/** Every place of a document but its own id. */
const placesOf = (value: unknown, path: string[] = []): string[][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value)
        .map(([name, inner]) => [[...path, name], ...placesOf(inner, [...path, name])])
        .flat()
        .filter((place) => place.join('/') !== 'id');

/** The document with another value at a place; as it was where the place is gone by now. */
const replaceAt = (document: unknown, [name, ...rest]: string[], value: unknown): unknown => {
  if (name === undefined) return value;
  if (typeof document !== 'object' || document === null) return document;
  const copy = Array.isArray(document) ? [...document] : { ...document };
  Reflect.set(copy, name, replaceAt(Reflect.get(copy, name), rest, value));
  return copy;
};

/** A full example of which up to six places hold any JSON at all; its own id stays. */
const mutated = (example: object): Arbitrary<unknown> =>
  array(tuple(constantFrom(...placesOf(example)), jsonValue({ maxDepth: 3 })), {
    minLength: 1,
    maxLength: 6,
  }).map((changes) =>
    changes.reduce<unknown>((document, [place, value]) => replaceAt(document, place, value), example),
  );

test('a company keeps its id whatever stands in its fields, and no value gets into a note', () => {
  assert(
    property(mutated(fullCompany), (body) => {
      const read = readCompany(body);
      expect(read?.record.id).toBe(fullCompany.id);
      for (const odd of read?.oddFields ?? []) expect(odd.path).toMatch(/^[\w.*[\]]+$/);
    }),
    { numRuns: 500 },
  );
});

test('a person keeps the id and a list of phones whatever stands in the fields', () => {
  assert(
    property(mutated(fullPerson), (body) => {
      const read = readPerson(body);
      expect(read?.record.id).toBe(fullPerson.id);
      expect(read?.record.phones).toBeInstanceOf(Array);
    }),
    { numRuns: 500 },
  );
});

test('no JSON makes a reader throw', () => {
  assert(
    property(jsonValue(), (body) => {
      expect(() => [readCompany(body), readPerson(body), readPeoplePage(body, verifySearch)]).not.toThrow();
    }),
  );
});
