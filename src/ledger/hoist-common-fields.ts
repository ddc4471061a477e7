type Fields = { [key: string]: unknown };

/**
 * Separates the fields whose value all items share from those of each item, so that a statement sends and parses the
 * common labels of a batch once. All items have the same keys. An object in a field is separated in the same way. Two
 * lists count as different.
 */
export const hoistCommonFields = (items: readonly Fields[]): { each: Fields[]; shared: Fields } => {
  const first = items[0] ?? {};
  const shared: Fields = {};
  const each = items.map((): Fields => ({}));
  for (const key of Object.keys(first)) {
    const values = items.map((item) => item[key]);
    if (values.every((value) => value === values[0])) shared[key] = values[0];
    else if (values.every(isFields)) {
      const inner = hoistCommonFields(values);
      shared[key] = inner.shared;
      for (const [index, fields] of inner.each.entries()) {
        if (Object.keys(fields).length > 0) Object.assign(each[index] ?? {}, { [key]: fields });
      }
    } else {
      for (const [index, value] of values.entries()) Object.assign(each[index] ?? {}, { [key]: value });
    }
  }
  return { each, shared };
};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
