/** Fields that are names; addresses, ids and codes are not capitalized. */
const named =
  /^(full_name|first_name|last_name|name|industry|skills|.*_(title|name|names|industry|locality|region|country|continent)|regions|countries)$/;

/** A person's data with `titlecase=true`: names are capitalized. */
export const titleCase = (value: unknown, field = ''): unknown => {
  if (typeof value === 'string') return named.test(field) ? capitals(value) : value;
  if (Array.isArray(value)) return value.map((item) => titleCase(item, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, titleCase(inner, name)]));
};

const capitals = (words: string): string => words.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
