import { headingOf, knownHeadings } from '../enrichment/imports/choose-columns.js';
import { mapInTurns } from '../platform/map-in-turns.js';
import type { Provider } from '../providers/catalogue.js';
import { contentOf } from './content-of.js';

type Cells = readonly string[];

/**
 * Whether the first row is a header. It is none where it has an identifier, and the rows below it have one of the same kind
 * in the same column; a header that is known is one whatever it looks like (`account.email` could be a domain).
 */
export const isHeader = async (
  first: Cells,
  rest: readonly Cells[],
  firmable: Provider,
): Promise<boolean> => {
  const names = Object.values(knownHeadings).flatMap((headings) => Object.values(headings).flat());
  const isName = (cell: string): boolean =>
    (names.includes(headingOf(cell)) && !cell.includes('@')) || fieldPath.test(cell.trim());
  if (first.some(isName)) return true;
  let hasData = false;
  await mapInTurns(first, (cell, at) => {
    const content = hasData ? null : contentOf(cell, firmable);
    if (content === null) return;
    const below = rest.flatMap((cells) => (cells[at]?.trim() ? [contentOf(cells[at], firmable)] : []));
    const alike = below.filter((one) => one !== null && isAlike(one.identifier, content.identifier));
    hasData = alike.length * 2 >= below.length;
  });
  return !hasData;
};

/** The path of a field in another system, whose last word may be a top-level domain. */
const fieldPath =
  /^(?:accounts?|compan(?:y|ies)|contacts?|persons?|leads?|org\w*|customers?|clients?|users?|propert\w*)[._]\w+$/i;

/** A domain may be written as an address, and addresses of both kinds may be mixed. */
const isAlike = (a: string, b: string): boolean => groupOf(a) === groupOf(b);

const groupOf = (identifier: string): string => identifier.replace('WEBSITE', 'DOMAIN').replace(/^.*_/, '');

/** The headers of a list that has none. */
export const namesOfColumns = (width: number): string[] =>
  Array.from({ length: width }, (_, index) => `Column ${index + 1}`);
