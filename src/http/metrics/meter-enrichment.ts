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
    askCompany: async (...given) => count('COMPANY', await enrichment.askCompany(...given)),
    askPerson: async (...given) => count('PERSON', await enrichment.askPerson(...given)),
    askCompanies: async (...given) =>
      (await enrichment.askCompanies(...given)).map((answer) => count('COMPANY', answer)),
    askPeople: async (...given) =>
      (await enrichment.askPeople(...given)).map((answer) => count('PERSON', answer)),
    searchPeople: async (...given) => count('PEOPLE_SEARCH', await enrichment.searchPeople(...given)),
  };
};
