import { GatewayError } from '../../errors.js';
import type { Operation } from './choose-columns.js';
import { readRows } from './read-declaration.js';
import { type IdReader, readId } from './read-id.js';

/**
 * Whether a CSV file lists companies or people, by the ids in it, for the command line. A list of people mostly names the
 * company of each as well, which has not been bought by that, and a wrong guess hides a charge later: so ids of both
 * kinds are no guess but INVALID_INPUT, as are none at all.
 */
export const guessOperation = (provider: IdReader, csv: string): Operation => {
  const rows = readRows(csv);
  const linesWith = (operation: Operation): number =>
    rows.filter(({ cells }) => cells.some((cell) => readId(provider, operation, cell) !== null)).length;
  const [companies, people] = [linesWith('COMPANY'), linesWith('PERSON')];
  if (companies > 0 && people > 0) {
    throw new GatewayError(
      'INVALID_INPUT',
      `This file has ids of both kinds, of companies in ${companies} lines and of people in ${people}: say which were bought, with --kind company or --kind person.`,
    );
  }
  if (companies + people > 0) return people > 0 ? 'PERSON' : 'COMPANY';
  throw new GatewayError(
    'INVALID_INPUT',
    `This file names no record of ${provider.title}: give it a column of ids, and call that id, firmable_id, company_id or person_id.`,
  );
};
