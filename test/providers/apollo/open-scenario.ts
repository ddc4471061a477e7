import { createApollo } from '../../../src/providers/apollo/create-apollo.js';
import type { UpstreamOptions } from '../../../src/providers/http/create-client.js';
import type { CompanyLookup, PersonLookup } from '../../../src/providers/provider.js';
import type { Answer } from '../firmable/start-upstream.js';
import { type Scenario, scenarioOf } from '../scenario.js';
import { key } from './examples.js';

/** An upstream with the given behavior, and Apollo's client in front of it. */
export const openScenario = async (
  answer: Answer,
  options: Partial<UpstreamOptions> = {},
): Promise<Scenario> => await scenarioOf({ make: createApollo, key }, answer, options);

export const companyBy = (by: CompanyLookup['by']): CompanyLookup => ({
  operation: 'COMPANY',
  by,
  country: 'AU',
  require: [],
});

export const personBy = (by: PersonLookup['by'], require: PersonLookup['require'] = []): PersonLookup => ({
  operation: 'PERSON',
  by,
  require,
});

export const byDomain = companyBy({ kind: 'domain', value: 'yarra.example' });
export const byEmail = personBy({ kind: 'workEmail', value: 'ada@yarra.example' });
