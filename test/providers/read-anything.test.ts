import { type Arbitrary, array, assert, constantFrom, jsonValue, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargeOf } from '../../src/providers/apollo/charge-of.js';
import * as readApolloCompany from '../../src/providers/apollo/read-company.js';
import * as readApolloPerson from '../../src/providers/apollo/read-person.js';
import { readBalance } from '../../src/providers/apollo/create-apollo.js';
import * as readFirmableCompany from '../../src/providers/firmable/read-company.js';
import { readPeoplePage } from '../../src/providers/firmable/read-people-page.js';
import * as readFirmablePerson from '../../src/providers/firmable/read-person.js';
import { verifySearch } from '../../src/providers/firmable/to-request.js';
import * as readPdlCompany from '../../src/providers/people-data-labs/read-company.js';
import * as readPdlPerson from '../../src/providers/people-data-labs/read-person.js';
import * as apollo from './apollo/examples.js';
import * as firmable from './firmable/examples.js';
import * as peopleDataLabs from './people-data-labs/examples.js';

const readers = [
  {
    title: 'Firmable',
    ...readFirmableCompany,
    ...readFirmablePerson,
    company: firmable.fullCompany,
    person: firmable.fullPerson,
    companyRoot: '',
    personRoot: '',
  },
  {
    title: 'People Data Labs',
    ...readPdlCompany,
    ...readPdlPerson,
    company: peopleDataLabs.fullCompany,
    person: peopleDataLabs.fullPerson,
    companyRoot: '',
    personRoot: 'data',
  },
  {
    title: 'Apollo',
    ...readApolloCompany,
    ...readApolloPerson,
    company: apollo.fullCompany,
    person: apollo.fullPerson,
    companyRoot: 'organization',
    personRoot: 'person',
  },
];

/** Every place of a document. */
const placesOf = (value: unknown, path: string[] = []): string[][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [
        [...path, name],
        ...placesOf(inner, [...path, name]),
      ]);

/** The document with another value at a place; as it was where the place is gone by now. */
const replaceAt = (document: unknown, [name, ...rest]: string[], value: unknown): unknown => {
  if (name === undefined) return value;
  if (typeof document !== 'object' || document === null) return document;
  const copy = Array.isArray(document) ? [...document] : { ...document };
  Reflect.set(copy, name, replaceAt(Reflect.get(copy, name), rest, value));
  return copy;
};

/** A full example of which up to six places hold any JSON at all; the record and its own id stay. */
const mutated = (example: object, root: string): Arbitrary<unknown> => {
  const kept = [root, root === '' ? 'id' : `${root}/id`];
  const places = placesOf(example).filter((place) => !kept.includes(place.join('/')));
  return array(tuple(constantFrom(...places), jsonValue({ maxDepth: 3 })), {
    minLength: 1,
    maxLength: 6,
  }).map((changes) =>
    changes.reduce<unknown>((document, [place, value]) => replaceAt(document, place, value), example),
  );
};

describe.each(readers)('the client of $title', (one) => {
  it('keeps a company’s id, and puts no value in a note, when its fields are arbitrary', () => {
    const id = one.readCompany(one.company)?.record.id;
    expect(id).toBeDefined();
    assert(
      property(mutated(one.company, one.companyRoot), (body) => {
        const read = one.readCompany(body);
        expect(read?.record.id).toBe(id);
        for (const odd of read?.unexpectedFields ?? []) expect(odd.path).toMatch(/^[\w.*[\]]+$/);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps a person’s id and list of phones when the fields are arbitrary', () => {
    const id = one.readPerson(one.person)?.record.id;
    expect(id).toBeDefined();
    assert(
      property(mutated(one.person, one.personRoot), (body) => {
        const read = one.readPerson(body);
        expect(read?.record.id).toBe(id);
        expect(read?.record.phones).toBeInstanceOf(Array);
        for (const odd of read?.unexpectedFields ?? []) expect(odd.path).toMatch(/^[\w.*[\]]+$/);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws when the JSON is arbitrary', () => {
    assert(
      property(jsonValue(), (body) => {
        expect(() => [
          one.readCompany(body),
          one.readPerson(body),
          one.readCompany({ organization: body }),
          one.readPerson({ data: body, person: body }),
        ]).not.toThrow();
      }),
    );
  });

  it('reads no inherited property when a field has the name of one', () => {
    const hostile = '{"id":"x1","__proto__":{"name":"x","full_name":"x"},"constructor":"z"}';
    const body: unknown = JSON.parse(
      `{"data":${hostile},"person":${hostile},"organization":${hostile},"id":"x1"}`,
    );
    expect(one.readCompany(body)?.record.name).toBeNull();
    expect(one.readPerson(body)?.record.name).toBeNull();
  });
});

it('never throws when the JSON of a page, balance or charge is arbitrary', () => {
  assert(
    property(jsonValue(), (body) => {
      expect(() => [readPeoplePage(body, verifySearch), readBalance(body)]).not.toThrow();
      expect(() => readBalance({ credit_usage_stats: { lead_credit: { left_over: body } } })).not.toThrow();
    }),
  );
});

it('charges 0, 1, 8 or 9 when the fields of a person are arbitrary', () => {
  assert(
    property(mutated(apollo.fullPerson, 'person'), (body) => {
      const read = readApolloPerson.readPerson(body);
      expect(read === null ? 0n : chargeOf(read.record, body)).toSatisfy((charge: bigint) =>
        [0n, 1n, 8n, 9n].includes(charge),
      );
    }),
    { numRuns: 300 },
  );
});
