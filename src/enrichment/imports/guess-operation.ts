import { GatewayError } from '../../errors.js';
import type { Provider } from '../../providers/catalogue.js';
import type { Operation } from './choose-columns.js';
import { readDeclaration } from './read-declaration.js';

/**
 * Whether a CSV file lists companies or people. A list of people may name the company of each as well, which has not
 * been bought by that; a list of companies names nobody. Throws INVALID_INPUT for neither.
 */
export const guessOperation = (
  provider: Pick<Provider, 'title' | 'isCompanyId' | 'isPersonId'>,
  csv: string,
  linesMax: number,
): Operation => {
  const linesOf = (operation: Operation): number => {
    try {
      return readDeclaration(provider, operation, { csv }, linesMax).lines;
    } catch (error) {
      if (error instanceof GatewayError) return 0;
      throw error;
    }
  };
  const [companies, people] = [linesOf('COMPANY'), linesOf('PERSON')];
  if (companies + people > 0) return people >= companies ? 'PERSON' : 'COMPANY';
  throw new GatewayError(
    'INVALID_INPUT',
    `This file names no record of ${provider.title}: give it a column of ids, and call that id, firmable_id, company_id or person_id.`,
  );
};
