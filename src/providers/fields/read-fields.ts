import type { OddField } from '../provider.js';

/** One kind of value. `read` gives undefined for what is not of that kind, null for what says nothing. */
export type Kind<Value> = { expected: string; read: (value: unknown) => Value | null | undefined };

/**
 * A record's fields, read with indulgence: none of these throws, whatever the upstream sent. What is absent, null or
 * blank is null; what is of an unreadable type is null and noted. Several names are one field: the first that is
 * there counts.
 */
export type Fields = {
  get: <Value>(kind: Kind<Value>, ...names: string[]) => Value | null;
  /** A list; items that are not of the kind are left out and noted, items that say nothing are left out. */
  list: <Value>(kind: Kind<Value>, ...names: string[]) => Value[] | null;
  object: <Value>(name: string, read: (fields: Fields) => Value) => Value | null;
  /** A list of objects. An item that is `bare` instead is read as an object with nothing but this `value`. */
  objects: <Value>(
    name: string,
    read: (fields: Fields) => Value | null,
    bare?: Kind<string>,
  ) => Value[] | null;
  /** A map as a list of its pairs. */
  pairs: <Value>(kind: Kind<Value>, name: string) => { name: string; value: Value }[] | null;
  /** The pairs of this very object, but for the known names. */
  otherPairs: <Value>(kind: Kind<Value>, ...known: string[]) => { name: string; value: Value }[];
  /** Says that a field could not be used. */
  note: (name: string, expected: string, value: unknown) => void;
};

/** Collects odd fields by path without positions, so that a thousand odd items of one list are one note. */
export const createNotes = (): {
  oddFields: OddField[];
  note: (path: string, expected: string, value: unknown) => void;
} => {
  const oddFields: OddField[] = [];
  return {
    oddFields,
    note: (path, expected, value) => {
      const got = typeName(value);
      if (oddFields.some((odd) => odd.path === path && odd.got === got)) return;
      oddFields.push({ path, expected, got });
    },
  };
};

export type Note = ReturnType<typeof createNotes>['note'];

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const openFields = (source: Record<string, unknown>, path: string, note: Note): Fields => {
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const raw = (names: readonly string[]): [string, unknown] => {
    const present = names.find((name) => Object.hasOwn(source, name) && (source[name] ?? null) !== null);
    return present === undefined ? ['', null] : [present, source[present]];
  };
  const value = <Value>(kind: Kind<Value>, found: unknown, name: string): Value | null => {
    if ((found ?? null) === null) return null;
    const result = kind.read(found);
    if (result === undefined) note(at(name), kind.expected, found);
    return result ?? null;
  };
  const items = (name: string, found: unknown): unknown[] | null => {
    if (found === null || Array.isArray(found)) return found;
    note(at(name), 'list', found);
    return null;
  };
  const inner = <Value>(name: string, found: unknown, read: (fields: Fields) => Value): Value | null => {
    if ((found ?? null) === null) return null;
    if (isObject(found)) return read(openFields(found, at(name), note));
    note(at(name), 'object', found);
    return null;
  };

  return {
    get: (kind, ...names) => {
      const [name, found] = raw(names);
      return value(kind, found, name);
    },
    list: (kind, ...names) => {
      const [name, found] = raw(names);
      const list = items(name, found);
      return list?.map((item) => value(kind, item, `${name}[]`)).filter((item) => item !== null) ?? null;
    },
    object: (name, read) => inner(name, raw([name])[1], read),
    objects: (name, read, bare) => {
      const unfold = (item: unknown): unknown => {
        const single = bare?.read(item) ?? null;
        return single === null ? item : { value: single };
      };
      const list = items(name, raw([name])[1])?.map((item) => inner(`${name}[]`, unfold(item), read));
      return list?.filter((item) => item !== null) ?? null;
    },
    pairs: (kind, name) => inner(name, raw([name])[1], (fields) => fields.otherPairs(kind)),
    otherPairs: (kind, ...known) =>
      Object.entries(source).flatMap(([key, found]) => {
        // The name in a note is ours: an upstream's own keys may be anything.
        const read = known.includes(key) ? null : value(kind, found, '*');
        return read === null ? [] : [{ name: key, value: read }];
      }),
    note: (name, expected, found) => note(at(name), expected, found),
  };
};

const typeName = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};
