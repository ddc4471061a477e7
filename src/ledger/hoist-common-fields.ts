type Fields = Record<string, unknown>;

/**
 * Separates the fields whose value all items share from those of each item, so that a statement sends and parses the
 * common labels of a batch once. All items have the same keys. Two lists count as different.
 */
export const hoistCommonFields = (items: readonly Fields[]): { each: Fields[]; shared: Fields } => {
  const first = items[0] ?? {};
  const shared: Fields = {};
  const own: string[] = [];
  for (const key of Object.keys(first)) {
    if (items.every((item) => item[key] === first[key])) shared[key] = first[key];
    else own.push(key);
  }
  const each = items.map((item) => {
    const fields: Fields = {};
    for (const key of own) fields[key] = item[key];
    return fields;
  });
  return { each, shared };
};
