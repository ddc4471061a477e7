import { createApollo } from '../../src/providers/apollo/create-apollo.js';
import { createFirmable } from '../../src/providers/firmable/create-firmable.js';
import { createPeopleDataLabs } from '../../src/providers/people-data-labs/create-people-data-labs.js';
import type { CompanyLookup, PersonLookup } from '../../src/providers/provider.js';
import * as apollo from './apollo/examples.js';
import * as firmable from './firmable/examples.js';
import * as peopleDataLabs from './people-data-labs/examples.js';
import type { Make } from './scenario.js';

export type Subject = {
  title: string;
  make: Make;
  key: string;
  sandboxKey: string;
  /** The header that bears the key, and what stands in it. */
  keyHeader: [name: string, value: string];
  byDomain: CompanyLookup;
  byEmail: PersonLookup;
  /** The whole answer with a company, and where it is asked for. */
  companyBody: object;
  personBody: object;
  companyUrl: string;
};

/** The three clients, so that what they promise in common is tested of each. */
export const subjects: Subject[] = [
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
