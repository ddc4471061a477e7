import type { UnexpectedField } from '../provider.js';

/** One kind of value. `read` returns undefined for another kind, and null for an empty value. */
export type Kind<Value> = { expected: string; read: (value: unknown) => Value | null | undefined };

/** Collects unexpected fields by path without indexes, so that a thousand items of one list are one note. */
export const createNotes = (): {
  unexpectedFields: UnexpectedField[];
  note: (path: string, expected: string, value: unknown) => void;
} => {
  const unexpectedFields: UnexpectedField[] = [];
  return {
    unexpectedFields,
    note: (path, expected, value) => {
      const got = typeName(value);
      if (unexpectedFields.some((field) => field.path === path && field.got === got)) return;
      unexpectedFields.push({ path, expected, got });
    },
  };
};

export type Note = ReturnType<typeof createNotes>['note'];

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a record's fields tolerantly: nothing throws, whatever the provider sent. A missing or blank field is null; a
 * field of an unreadable type is null and noted. Of several names the first with a value counts. A class, because a record
 * opens a dozen of them, and closures cost more than all the reading.
 */
export class Fields {
  private readonly source: Record<string, unknown>;
  private readonly path: string;
  private readonly noteAt: Note;

  constructor(source: Record<string, unknown>, path: string, note: Note) {
    this.source = source;
    this.path = path;
    this.noteAt = note;
  }

  get<Value>(kind: Kind<Value>, name: string, ...others: string[]): Value | null {
    const value = this.value(kind, this.find(name), name);
    const [next, ...rest] = others;
    return value !== null || next === undefined ? value : this.get(kind, next, ...rest);
  }

  /** A list; items of another kind are left out and noted, empty items are left out. */
  list<Value>(kind: Kind<Value>, name: string): Value[] | null {
    return this.itemsOf(name, (item) => this.value(kind, item, name, '[]'));
  }

  object<Value>(name: string, read: (fields: Fields) => Value): Value | null {
    return this.inner(name, this.find(name), read);
  }

  /** A list of objects. An item that is `bare` instead is read as an object with nothing but this `value`. */
  objects<Value>(name: string, read: (fields: Fields) => Value | null, bare?: Kind<string>): Value[] | null {
    const unfold = (item: unknown): unknown => {
      const single = bare?.read(item) ?? null;
      return single === null ? item : { value: single };
    };
    return this.itemsOf(name, (item) => this.inner(`${name}[]`, unfold(item), read));
  }

  /** A map as a list of its pairs. */
  pairs<Value>(kind: Kind<Value>, name: string): { name: string; value: Value }[] | null {
    return this.object(name, (fields) => fields.otherPairs(kind));
  }

  /** The pairs of this object, except the known names. */
  otherPairs<Value>(kind: Kind<Value>, ...known: string[]): { name: string; value: Value }[] {
    const pairs: { name: string; value: Value }[] = [];
    for (const name of Object.keys(this.source)) {
      if (known.includes(name)) continue;
      // Notes have a fixed name here: the provider's keys may be anything.
      const value = this.value(kind, this.source[name], '*');
      if (value !== null) pairs.push({ name, value });
    }
    return pairs;
  }

  /** Notes that a field could not be used. */
  note(name: string, expected: string, value: unknown): void {
    this.noteAt(this.at(name), expected, value);
  }

  private at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  /** The value under a name; inherited names, such as `constructor`, have none. */
  private find(name: string): unknown {
    const found = this.source[name] ?? null;
    return found !== null && Object.hasOwn(this.source, name) ? found : null;
  }

  private value<Value>(kind: Kind<Value>, found: unknown, name: string, suffix = ''): Value | null {
    if (found === null || found === undefined) return null;
    const result = kind.read(found);
    if (result === undefined) this.note(`${name}${suffix}`, kind.expected, found);
    return result ?? null;
  }

  private itemsOf<Value>(name: string, read: (item: unknown) => Value | null): Value[] | null {
    const found = this.find(name);
    if (found === null) return null;
    if (!Array.isArray(found)) {
      this.note(name, 'list', found);
      return null;
    }
    const values: Value[] = [];
    for (const item of found) {
      const value = read(item);
      if (value !== null) values.push(value);
    }
    return values;
  }

  private inner<Value>(name: string, found: unknown, read: (fields: Fields) => Value): Value | null {
    if (found === null || found === undefined) return null;
    if (isObject(found)) return read(new Fields(found, this.at(name), this.noteAt));
    this.note(name, 'object', found);
    return null;
  }
}

const typeName = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};
