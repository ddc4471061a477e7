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
    if (items.every((item) => item[key] === first[key])) {
      shared[key] = first[key];
      continue;
    }
    const values = items.map((item) => item[key]);
    const inner = values.every(isFields) ? hoistCommonFields(values) : null;
    if (inner !== null) shared[key] = inner.shared;
    for (const [index, own] of each.entries()) {
      const value = inner === null ? values[index] : inner.each[index];
      if (inner === null || Object.keys(value ?? {}).length > 0) own[key] = value;
    }
  }
  return { each, shared };
};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
