type Fields = Record<string, unknown>;

/**
 * Parts what all items have in common from what each has of its own: told once, the labels of a group need not be read
 * again for each of its asks. All items have the same keys. Lists count as different.
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
