/**
 * How a body is compressed, by its header Content-Encoding, in lower case; `identity`: not at all. `identity` in a list
 * changes nothing. A body that is compressed several times gives the whole list, which names no known coding.
 */
export const contentCoding = (header: string | null | undefined): string => {
  const codings = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  return codings.length === 0 ? 'identity' : codings.join(', ');
};
