import type { PersonRecord } from '../../providers/records.js';
import { personPhones } from '../../usage/exports/person-fields.js';
import type { Cell, Column, ResultFormat } from '../../usage/exports/table.js';

/**
 * A field without fields of its own, by its path of names in the API: `identifiers`, `abn`. `listAt` is the position of the
 * first name that is a list of objects; null where none is.
 */
export type FieldPath = { path: readonly string[]; listAt: number | null };

/** An object as the API shows it: a record, or a person that a search found. */
export type Shown = { readonly [field: string]: unknown };

/** A row of which the fields are exported; `person` is null where it is none, or has no record. */
export type ShownRow = { shown: Shown | null; person: PersonRecord | null };

/**
 * The columns of these fields, named by their paths: `identifiers.abn`. In NDJSON a list of objects is one list with the
 * chosen fields of each. CSV and XLSX have one column for each field inside, whose values are in the order of the list; the
 * phones of a person have columns of their own. The number of a person's phone never comes without `isDoNotCall`.
 */
export const fieldColumns = <Row extends ShownRow>(
  format: ResultFormat,
  paths: readonly FieldPath[],
  { phonesOfPerson }: { phonesOfPerson: boolean },
): Column<Row>[] => {
  const columns = new Map<string, Column<Row>[]>();
  const isPhone = ({ path }: FieldPath): boolean => phonesOfPerson && path[0] === 'phones';
  for (const field of paths) {
    const { path, listAt } = field;
    if (format !== 'ndjson') {
      if (isPhone(field)) columns.set('phones', phoneColumns());
      else columns.set(path.join('.'), [column(path, flatValueAt)]);
      continue;
    }
    const list = listAt === null ? path : path.slice(0, listAt + 1);
    const inside = paths.filter((one) => one.listAt === listAt && startsWith(one.path, list));
    const chosen = isPhone(field)
      ? [['number'], ['isDoNotCall']]
      : inside.map((one) => one.path.slice(list.length));
    columns.set(list.join('.'), [column(list, (shown) => pickAll(valueAt(shown, list), chosen))]);
  }
  return [...columns.values()].flat();
};

const startsWith = (path: readonly string[], start: readonly string[]): boolean =>
  start.every((name, index) => path[index] === name);

const column = <Row extends ShownRow>(
  path: readonly string[],
  read: (shown: Shown, path: readonly string[]) => Cell,
): Column<Row> => ({
  name: path.join('.'),
  value: ({ shown }) => (shown === null ? null : read(shown, path)),
});

const phoneColumns = <Row extends ShownRow>(): Column<Row>[] =>
  personPhones().map(({ name, value }) => ({
    name,
    value: ({ person }) => (person === null ? null : value(person)),
  }));

/** The value at the end of the path; of a list of objects, the list of their values. */
const valueAt = (value: unknown, [name, ...rest]: readonly string[]): unknown => {
  if (name === undefined) return value;
  if (Array.isArray(value)) return value.flatMap((item) => valueAt(item, [name, ...rest]) ?? null);
  return isShown(value) ? valueAt(own(value, name), rest) : null;
};

const isShown = (value: unknown): value is Shown => typeof value === 'object' && value !== null;

const own = (shown: Shown, name: string): unknown => (Object.hasOwn(shown, name) ? shown[name] : null);

const flatValueAt = (shown: Shown, path: readonly string[]): Cell => {
  const value = valueAt(shown, path);
  if (!Array.isArray(value)) return toCell(value);
  if (!value.every((item) => item === null || typeof item !== 'object')) return value;
  const texts = value.map((item) => (item === null ? '' : String(item)));
  return texts.every((text) => text === '') ? null : texts;
};

const toCell = (value: unknown): Cell =>
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  typeof value === 'object'
    ? value
    : null;

/** The chosen fields of an object or of each of a list; without any, the value itself. */
const pickAll = (value: unknown, chosen: readonly (readonly string[])[]): Cell => {
  if (Array.isArray(value)) return value.map((item: unknown) => pickAll(item, chosen));
  if (!isShown(value) || chosen.every((path) => path.length === 0)) return toCell(value);
  const picked: Record<string, unknown> = {};
  for (const name of new Set(chosen.map(([first = '']) => first))) {
    const inside = chosen.filter(([first]) => first === name).map((path) => path.slice(1));
    picked[name] = pickAll(own(value, name), inside);
  }
  return picked;
};
