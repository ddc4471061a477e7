import type { Enrichment } from '../../enrichment/lookup.js';
import type { Counter } from './series.js';

/** The same verbs, each of whose answers is counted by its operation and outcome. */
export const meterEnrichment = (enrichment: Enrichment, asks: Counter): Enrichment => {
  const count = <Answer extends { outcome: string }>(operation: string, answer: Answer): Answer => {
    asks.add({ operation, outcome: answer.outcome });
    return answer;
  };
  return {
    ...enrichment,
    lookUpCompany: async (...given) => count('COMPANY', await enrichment.lookUpCompany(...given)),
    lookUpPerson: async (...given) => count('PERSON', await enrichment.lookUpPerson(...given)),
    lookUpCompanies: async (...given) =>
      (await enrichment.lookUpCompanies(...given)).map((answer) => count('COMPANY', answer)),
    lookUpPeople: async (...given) =>
      (await enrichment.lookUpPeople(...given)).map((answer) => count('PERSON', answer)),
    searchPeople: async (...given) => count('PEOPLE_SEARCH', await enrichment.searchPeople(...given)),
  };
};
