import { operations } from '../../access/scopes.js';
import * as z from 'zod';
import { parseInput, unknownParameter } from '../../platform/parse-input.js';
import { parseInstant } from '../../platform/time.js';
import { providerNames } from '../../providers/catalogue.js';
import type { AuditFilter } from '../audit-event.js';
import { type EntryFilter, optionalLabels } from '../entry-filter.js';
import type { UnlockFilter } from '../unlock.js';
import { type UsageInput, usageDimensions } from '../read-usage.js';
import type { ExportDeps } from './table.js';

type Ids = Pick<ExportDeps, 'readId'>;
type Shape = { after: string | null; bom: boolean; columns: readonly string[] | null };

/**
 * Reads the parameters of an export's URL: the arguments and filter fields of the query of the same name. A label may be
 * repeated to match any of its values. Throws BAD_REQUEST, for unknown parameters, too: a misspelt filter must not be
 * ignored.
 */
export const readEntriesQuery = (ids: Ids, query: URLSearchParams): Shape & { filter: EntryFilter } => {
  const { after, bom, columns, from, to, lookup, job, ...labels } = read(entriesSchema, query);
  const lookupId = lookup === undefined ? undefined : ids.readId('entry', lookup);
  const jobId = job === undefined ? undefined : ids.readId('job', job);
  return { after, bom, columns, filter: { from, to, lookupId, jobId, ...labelsOf(ids, labels) } };
};

export const readUsageQuery = (ids: Ids, query: URLSearchParams): Shape & UsageInput => {
  const { after, bom, columns, from, to, timeZone, groupBy, chargeback, ...labels } = read(
    usageSchema,
    query,
  );
  return { after, bom, columns, from, to, timeZone, groupBy, chargeback, filter: labelsOf(ids, labels) };
};

export const readUnlocksQuery = (ids: Ids, query: URLSearchParams): Shape & { filter: UnlockFilter } => {
  const { after, bom, columns, connection, ids: unlockIds, ...filter } = read(unlocksSchema, query);
  return {
    after,
    bom,
    columns,
    filter: {
      ...filter,
      ids: unlockIds?.map((id) => ids.readId('unlock', id) ?? ''),
      connectionId: connection && ids.readId('connection', connection),
    },
  };
};

export const readAuditQuery = (ids: Ids, query: URLSearchParams): Shape & { filter: AuditFilter } => {
  const { after, bom, columns, token, ...filter } = read(auditSchema, query);
  return { after, bom, columns, filter: { ...filter, tokenId: token && ids.readId('token', token) } };
};

/** The parameters of the results of a job: `after` is the number of a row. */
export const readResultsQuery = (
  query: URLSearchParams,
): { after: number; bom: boolean; fields: string | null } => {
  const { after, bom, fields } = read(resultsSchema, query);
  return { after, bom, fields: fields?.join(',') ?? null };
};

const read = <Schema extends z.ZodType>(schema: Schema, query: URLSearchParams): z.output<Schema> => {
  const given = Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
  return parseInput(schema, given, 'BAD_REQUEST');
};

const labelsOf = (ids: Ids, { connection, token, ...rest }: z.output<z.ZodObject<typeof labelShapes>>) => ({
  ...rest,
  connectionId: connection?.map((id) => ids.readId('connection', id) ?? ''),
  tokenId: token?.map((id) => ids.readId('token', id) ?? ''),
});

/** A parameter that may not be repeated. */
const once = <Value>(value: z.ZodType<Value, string>, absent?: string) =>
  z
    .array(z.string(), absent)
    .length(1, 'This parameter may not be repeated: send it only once.')
    .transform(([one = '']) => one)
    .pipe(value);

const several = <Value extends string>(...values: readonly Value[]) => {
  const word = z.enum(values, `This parameter takes ${values.join(', ')}: choose one or more of them.`);
  return z
    .array(z.string())
    .transform((given) => given.flatMap((one) => one.split(',')))
    .pipe(z.array(word).min(1));
};

const instantFault =
  'Invalid instant: write it as 2026-08-01T00:00:00Z, or as 2026-08-01 for midnight in UTC; the + of an offset is %2B in a URL.';
const instant = z.string().transform((text, context) => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  context.addIssue({ code: 'custom', message: instantFault });
  return z.NEVER;
});

const boolean = z
  .enum(['true', 'false'], 'This parameter must be true or false.')
  .transform((text) => text === 'true');
const flag = z
  .enum(['true', 'false', '1', '0'], 'This parameter must be true or false.')
  .transform((text) => text === 'true' || text === '1');
const text = z.string();
const texts = z.array(z.string());

const outcomes = ['FOUND', 'NOT_FOUND', 'REFUSED', 'FAILED', 'UNKNOWN'] as const;
const charges = ['CHARGED', 'ALREADY_UNLOCKED', 'FREE', 'NOT_FOUND', 'PRESUMED', 'NONE'] as const;
const payers = ['CONNECTION', 'CALLER_KEY', 'MANAGED'] as const;

const labelShapes = {
  connection: texts.optional(),
  provider: several(...providerNames).optional(),
  operation: several(...operations).optional(),
  workflow: texts.optional(),
  token: texts.optional(),
  outcome: several(...outcomes).optional(),
  charge: several(...charges).optional(),
  payer: several(...payers).optional(),
  sandbox: once(boolean).optional(),
  without: several(...optionalLabels).optional(),
};
const after = once(text).nullable().default(null);

/** Whether CSV begins with a byte order mark, without which Excel reads UTF-8 as Windows-1252. */
const bom = once(flag).default(false);

/** Names of columns, separated by commas or in several parameters. */
const columns = z
  .array(text)
  .transform((given) => given.flatMap((one) => one.split(',').map((name) => name.trim())))
  .nullable()
  .default(null);

const query = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? unknownParameter(issue.keys[0] ?? '', Object.keys(shape))
        : undefined,
  });

const required = 'An export of usage needs "from" and "to": add both.';

const entriesSchema = query({
  ...labelShapes,
  lookup: once(text).optional(),
  job: once(text).optional(),
  from: once(instant).optional(),
  to: once(instant).optional(),
  after,
  bom,
  columns,
});

const usageSchema = query({
  ...labelShapes,
  from: once(instant, required),
  to: once(instant, required),
  timeZone: once(text).default('UTC'),
  groupBy: several(...usageDimensions).default([]),
  chargeback: once(boolean).default(false),
  after,
  bom,
  columns,
});

const unlocksSchema = query({
  search: once(text).optional(),
  ids: z
    .array(z.string())
    .transform((given) => given.flatMap((one) => one.split(',')))
    .optional(),
  from: once(instant).optional(),
  to: once(instant).optional(),
  connection: once(text).optional(),
  provider: once(z.enum(providerNames)).optional(),
  operation: once(z.enum(['COMPANY', 'PERSON'])).optional(),
  sandbox: once(boolean).optional(),
  after,
  bom,
  columns,
});

const auditSchema = query({
  from: once(instant).optional(),
  to: once(instant).optional(),
  action: once(text).optional(),
  subject: once(text).optional(),
  token: once(text).optional(),
  actor: once(text).optional(),
  byOperator: once(boolean).optional(),
  requestId: once(text).optional(),
  after,
  bom,
  columns,
});

const rowNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'This parameter is the number of a row: write a whole number from 0.')
  .transform(Number);

const resultsSchema = query({
  fields: texts.optional(),
  after: once(rowNumber).default(0),
  bom,
});
