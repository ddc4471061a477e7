import type { Enrichment } from '../../enrichment/lookup.js';
import type { LookupResult } from '../../enrichment/lookup-result.js';
import type { Meters } from './meter.js';

/** Makes the function that counts the results of lookups. */
export const meterLookups = ({ counter }: Meters): ((enrichment: Enrichment) => Enrichment) => {
  const lookups = counter('lookups_total', 'Finished lookups by operation and outcome.', [
    'operation',
    'outcome',
  ]);
  const problems = counter('lookup_problems_total', 'Lookups with a problem, by operation and its code.', [
    'operation',
    'code',
  ]);
  const count = <Result extends Pick<LookupResult<unknown>, 'outcome' | 'problem'>>(
    operation: string,
    result: Result,
  ): Result => {
    lookups.inc({ operation, outcome: result.outcome });
    if (result.problem !== null) problems.inc({ operation, code: result.problem.code });
    return result;
  };
  return (enrichment) => ({
    ...enrichment,
    lookUpCompany: async (...given) => count('COMPANY', await enrichment.lookUpCompany(...given)),
    lookUpPerson: async (...given) => count('PERSON', await enrichment.lookUpPerson(...given)),
    lookUpCompanies: async (...given) =>
      (await enrichment.lookUpCompanies(...given)).map((result) => count('COMPANY', result)),
    lookUpPeople: async (...given) =>
      (await enrichment.lookUpPeople(...given)).map((result) => count('PERSON', result)),
    lookUpKnown: async (request, known, write) => {
      const found = await enrichment.lookUpKnown(request, known, write);
      if (found > 0) lookups.inc({ operation: known.operation, outcome: 'FOUND' }, found);
      return found;
    },
    searchPeople: async (...given) => count('PEOPLE_SEARCH', await enrichment.searchPeople(...given)),
  });
};
