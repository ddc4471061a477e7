/** A field of a change; a text of null: the object did not have it. */
export type FieldChange = { field: string; before: string | null; after: string | null; isChanged: boolean };

/**
 * The fields of an object before and after a change, those that changed first. Objects are flattened: `scopes.spend`. Lists
 * are texts, since their order matters to nobody who reads them.
 */
export const differenceOf = (before: unknown, after: unknown): FieldChange[] => {
  const [old, present] = [flatten(before), flatten(after)];
  const fields = [...new Set([...old.keys(), ...present.keys()])];
  const changes = fields.map((field) => {
    const texts = { before: old.get(field) ?? null, after: present.get(field) ?? null };
    return { field, ...texts, isChanged: texts.before !== texts.after };
  });
  return [...changes.filter(({ isChanged }) => isChanged), ...changes.filter(({ isChanged }) => !isChanged)];
};

const flatten = (value: unknown, path = ''): Map<string, string> => {
  if (value === null || value === undefined) return new Map(path === '' ? [] : [[path, 'none']]);
  if (typeof value !== 'object') return new Map([[path, textOf(value)]]);
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null))
      return new Map([[path, value.length === 0 ? 'none' : value.map(textOf).join(', ')]]);
    return new Map(value.flatMap((item, at) => [...flatten(item, `${path}.${at + 1}`)]));
  }
  return new Map(
    Object.entries(value).flatMap(([name, item]) => [
      ...flatten(item, path === '' ? name : `${path}.${name}`),
    ]),
  );
};

const textOf = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return value === null ? 'none' : JSON.stringify(value);
};

/** The name that an object had before or has after a change; null if it has none. */
export const nameIn = (before: unknown, after: unknown): string | null => {
  for (const side of [after, before])
    if (typeof side === 'object' && side !== null && 'name' in side && typeof side.name === 'string')
      return side.name;
  return null;
};
