import { createApollo } from '../../src/providers/apollo/create-apollo.js';
import { createFirmable } from '../../src/providers/firmable/create-firmable.js';
import { createPeopleDataLabs } from '../../src/providers/people-data-labs/create-people-data-labs.js';
import type { CompanyLookup, PersonLookup } from '../../src/providers/provider.js';
import * as apollo from './apollo/examples.js';
import * as firmable from './firmable/examples.js';
import * as peopleDataLabs from './people-data-labs/examples.js';
import type { Make } from './scenario.js';

export type ClientCase = {
  title: string;
  make: Make;
  key: string;
  sandboxKey: string;
  /** The header with the key, and its value. */
  keyHeader: [name: string, value: string];
  byDomain: CompanyLookup;
  byEmail: PersonLookup;
  /** The whole response with a company, and its URL. */
  companyBody: object;
  personBody: object;
  companyUrl: string;
};

/** The three clients, for tests of their common behavior. */
export const clients: ClientCase[] = [
  {
    title: 'Firmable',
    make: createFirmable,
    key: firmable.key,
    sandboxKey: 'fbl_sandbox_demo_0001',
    keyHeader: ['authorization', `Bearer ${firmable.key}`],
    byDomain: firmable.byDomain,
    byEmail: firmable.byEmail,
    companyBody: firmable.fullCompany,
    personBody: firmable.fullPerson,
    companyUrl: '/company?fqdn=yarra.example&country=AU',
  },
  {
    title: 'People Data Labs',
    make: createPeopleDataLabs,
    key: peopleDataLabs.key,
    sandboxKey: 'pdl_sandbox_demo_0001',
    keyHeader: ['x-api-key', peopleDataLabs.key],
    byDomain: firmable.byDomain,
    byEmail: firmable.byEmail,
    companyBody: peopleDataLabs.fullCompany,
    personBody: peopleDataLabs.fullPerson,
    companyUrl: '/v5/company/enrich?website=yarra.example&min_likelihood=6',
  },
  {
    title: 'Apollo',
    make: createApollo,
    key: apollo.key,
    sandboxKey: 'apollo_sandbox_demo_0001',
    keyHeader: ['x-api-key', apollo.key],
    byDomain: firmable.byDomain,
    byEmail: firmable.byEmail,
    companyBody: apollo.fullCompany,
    personBody: apollo.fullPerson,
    companyUrl: '/organizations/enrich?domain=yarra.example',
  },
];
