import { createPeopleDataLabs } from '../../../src/providers/people-data-labs/create-people-data-labs.js';
import type { UpstreamOptions } from '../../../src/providers/http/create-client.js';
import type { CompanyLookup, PersonLookup } from '../../../src/providers/provider.js';
import type { Answer } from '../firmable/start-upstream.js';
import { type Scenario, scenarioOf } from '../scenario.js';
import { key } from './examples.js';

/** An upstream with the given behavior, and the client of People Data Labs in front of it. */
export const openScenario = async (
  answer: Answer,
  options: Partial<UpstreamOptions> = {},
): Promise<Scenario> => await scenarioOf({ make: createPeopleDataLabs, key }, answer, options);

export const companyBy = (
  by: CompanyLookup['by'],
  require: CompanyLookup['require'] = [],
): CompanyLookup => ({ operation: 'COMPANY', by, country: 'AU', require });

export const personBy = (by: PersonLookup['by'], require: PersonLookup['require'] = []): PersonLookup => ({
  operation: 'PERSON',
  by,
  require,
});

export const byDomain = companyBy({ kind: 'domain', value: 'yarra.example' });
export const byEmail = personBy({ kind: 'workEmail', value: 'ada@yarra.example' });

/** The headers of an answer that was charged, or not, with what is left. */
export const money = (spent: number | string, left: number | string): Record<string, string> => ({
  'x-call-credits-spent': String(spent),
  'x-call-credits-type': 'enrich',
  'x-totallimit-remaining': String(left),
  'x-ratelimit-remaining': "{'minute': 99}",
  'x-ratelimit-limit': "{'minute': 100}",
  'x-ratelimit-reset': '2026-08-01T00:01:00Z',
});
