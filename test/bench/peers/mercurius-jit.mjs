// The fastest GraphQL server that npm has: Fastify, Mercurius, and queries compiled by graphql-jit from the first time on.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { companySchema } from './company-schema.mjs';
import { fetchCompany } from './upstream.mjs';
import { announcePort } from './announce-port.mjs';

const app = Fastify();
await app.register(mercurius, {
  schema: companySchema,
  resolvers: {
    Query: { company: (_, { domain }) => fetchCompany(domain) },
    Company: {
      domain: ({ fqdn }) => fqdn,
      employeeCount: (company) => company.employee_count,
      yearFounded: (company) => company.year_founded,
      hqLocation: (company) => company.hq_location,
      companySize: (company) => company.company_size,
    },
  },
  jit: 1,
});
await app.listen({ port: 0, host: '127.0.0.1' });
announcePort(app.server);
