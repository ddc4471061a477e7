import SchemaBuilder from '@pothos/core';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import * as z from 'zod';
import { LookupRefused } from './ledger.js';
import type { LookupResult, Lookups } from './lookups.js';
import type { Company } from './provider.js';

/** As the gateway names it, so that both are sent the same documents. */
export const createSchema = (lookUp: Lookups): GraphQLSchema => {
  const builder = new SchemaBuilder<{ Context: object }>({});
  const company = builder.objectRef<Company>('Company');
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
  const receipt = builder.objectRef<LookupResult['receipt']>('Receipt');
  receipt.implement({ fields: (t) => ({ charge: t.exposeString('charge') }) });
  const result = builder.objectRef<LookupResult>('CompanyResult');
  result.implement({
    fields: (t) => ({
      outcome: t.exposeString('outcome'),
      receipt: t.field({ type: receipt, resolve: (lookup) => lookup.receipt }),
      company: t.field({ type: company, nullable: true, resolve: (lookup) => lookup.company }),
    }),
  });
  const key = builder.inputType('CompanyKey', {
    fields: (t) => ({ domain: t.string({ required: true }) }),
  });
  builder.queryType({
    fields: (t) => ({
      company: t.field({
        type: result,
        args: { by: t.arg({ type: key, required: true }) },
        resolve: async (_, { by }) => {
          const [found] = await run(lookUp, [by]);
          if (found === undefined) throw new Error('a lookup has no result');
          return found;
        },
      }),
      companies: t.field({
        type: [result],
        args: { by: t.arg({ type: [key], required: true }) },
        resolve: (_, { by }) => run(lookUp, by),
      }),
    }),
  });
  return builder.toSchema();
};

const keysShape = z
  .array(
    z.object({
      domain: z
        .string()
        .trim()
        .toLowerCase()
        .max(253)
        .regex(/^[a-z0-9.-]+\.[a-z]{2,}$/),
    }),
  )
  .min(1)
  .max(100);

const run = async (lookUp: Lookups, by: readonly { domain: string }[]): Promise<LookupResult[]> => {
  const keys = keysShape.safeParse(by);
  if (!keys.success) throw new GraphQLError(z.prettifyError(keys.error));
  try {
    return await lookUp(keys.data.map(({ domain }) => domain));
  } catch (error) {
    if (!(error instanceof LookupRefused)) throw error;
    throw new GraphQLError(error.message, { extensions: { code: error.code } });
  }
};
