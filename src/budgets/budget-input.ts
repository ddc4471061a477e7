import * as z from 'zod';
import { label, timeZone } from '../platform/parse-input.js';
import {
  type BudgetMode,
  type BudgetPeriod,
  type BudgetScope,
  type BudgetStart,
  budgetModes,
  budgetPeriodNames,
  budgetScopes,
  budgetStarts,
} from './budget.js';

/** The complete state of a budget: an omitted field is reset to its default. */
export type SetBudgetInput = {
  /** The budget to change. Without it a budget is created. */
  id?: string | null | undefined;
  name: string;
  scope: BudgetScope;
  /** The connection's or token's id, or the workflow's name; none for WORKSPACE and MANAGED. */
  subject?: string | null | undefined;
  period: BudgetPeriod;
  limit: bigint;
  /** HARD by default. */
  mode?: BudgetMode | null | undefined;
  /** The IANA time zone of the periods; UTC by default. */
  timeZone?: string | null | undefined;
  /** Percentages of the limit; 80 and 100 by default, none if empty. */
  thresholds?: readonly number[] | null | undefined;
  /** What the current period counts. By default a new budget counts it from its start; an existing one is not counted anew. */
  startFrom?: BudgetStart | null | undefined;
};

/** The largest Int of GraphQL. It also keeps limit × threshold within PostgreSQL's bigint. */
const limitMax = 2n ** 31n - 1n;
const thresholdMax = 1_000;
const thresholdsMax = 20;

const limitFault = `The limit must be a whole number of credits from 0 to ${limitMax}: choose another.`;
const thresholdFault = `Thresholds are up to ${thresholdsMax} whole percentages of the limit from 1 to ${thresholdMax}: write them as [80, 100].`;

const hasSubject = (scope: BudgetScope): boolean => scope !== 'WORKSPACE' && scope !== 'MANAGED';

const ascending = (thresholds: number[]): number[] => [...new Set(thresholds)].toSorted((a, b) => a - b);

/** Parses the input and adds its defaults. Whether the subject exists is checked in the database. */
export const budgetInput = z
  .object({
    id: z.string().nullish(),
    name: label('name'),
    scope: z.enum(budgetScopes, `The scope must be one of ${budgetScopes.join(', ')}: choose one.`),
    subject: label('subject').nullish(),
    period: z.enum(
      budgetPeriodNames,
      `The period must be one of ${budgetPeriodNames.join(', ')}: choose one.`,
    ),
    limit: z.bigint(limitFault).min(0n, limitFault).max(limitMax, limitFault),
    mode: z.enum(budgetModes, `The mode must be one of ${budgetModes.join(', ')}: choose one.`).nullish(),
    timeZone: timeZone.nullish(),
    thresholds: z
      .array(z.int(thresholdFault).min(1, thresholdFault).max(thresholdMax, thresholdFault), thresholdFault)
      .max(thresholdsMax, thresholdFault)
      .nullish(),
    startFrom: z
      .enum(budgetStarts, `startFrom must be one of ${budgetStarts.join(', ')}: choose one.`)
      .nullish(),
  })
  .refine(({ scope, subject }) => hasSubject(scope) === (typeof subject === 'string'), {
    path: ['subject'],
    message:
      'The subject says which connection, workflow or token the budget is for: name it, and leave it out for WORKSPACE and MANAGED.',
  })
  .transform((input) => ({
    id: input.id ?? null,
    name: input.name,
    scope: input.scope,
    subject: input.subject ?? null,
    period: input.period,
    limit: input.limit,
    mode: input.mode ?? ('HARD' as const),
    timeZone: input.timeZone ?? 'UTC',
    thresholds: ascending(input.thresholds ?? [80, 100]),
    startFrom: input.startFrom ?? null,
  }));

/** The parsed input. */
export type Wanted = z.output<typeof budgetInput>;
