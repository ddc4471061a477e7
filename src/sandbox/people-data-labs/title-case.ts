/** Fields whose words are names, wherever they stand; addresses, ids and codes keep their letters. */
const named =
  /^(full_name|first_name|last_name|name|industry|skills|.*_(title|name|names|industry|locality|region|country|continent)|regions|countries)$/;

/** What `titlecase=true` makes of a person's data: the same, with capitals where the words are names. */
export const titleCase = (value: unknown, field = ''): unknown => {
  if (typeof value === 'string') return named.test(field) ? capitals(value) : value;
  if (Array.isArray(value)) return value.map((item) => titleCase(item, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, titleCase(inner, name)]));
};

const capitals = (words: string): string => words.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
