// What a team would write by hand with the gateway's own libraries: Yoga, Pothos and undici, nothing accounted for.
import { createServer } from 'node:http';
import SchemaBuilder from '@pothos/core';
import { createYoga } from 'graphql-yoga';
import { fetchCompany } from './upstream.mjs';
import { announcePort } from './announce-port.mjs';

const builder = new SchemaBuilder({});
const company = builder.objectRef('Company');
company.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name', { nullable: true }),
    domain: t.exposeString('fqdn', { nullable: true }),
    website: t.exposeString('website', { nullable: true }),
    linkedin: t.exposeString('linkedin', { nullable: true }),
    description: t.exposeString('description', { nullable: true }),
    tagline: t.exposeString('tagline', { nullable: true }),
    employeeCount: t.exposeInt('employee_count', { nullable: true }),
    yearFounded: t.exposeInt('year_founded', { nullable: true }),
    hqLocation: t.exposeString('hq_location', { nullable: true }),
    companySize: t.exposeString('company_size', { nullable: true }),
    industries: t.exposeStringList('industries', { nullable: true }),
  }),
});
builder.queryType({
  fields: (t) => ({
    company: t.field({
      type: company,
      nullable: true,
      args: { domain: t.arg.string({ required: true }) },
      resolve: (_, { domain }) => fetchCompany(domain),
    }),
  }),
});

const yoga = createYoga({ schema: builder.toSchema(), graphiql: false, logging: false });
const server = createServer((request, response) => void yoga(request, response));
server.listen(0, '127.0.0.1', () => announcePort(server));
