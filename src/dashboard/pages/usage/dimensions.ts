import type {
  UsageChartQuery,
  UsageFiguresFragment,
  UsageLabelsFragment,
  UsageMeasure,
  UsageReportQuery,
} from '../../api/operations.js';
import { formatWord, providerTitle } from '../../ui/format.js';

export type UsageRow = UsageReportQuery['usage']['rows'][number];
export type ChartRow = UsageChartQuery['usage']['rows'][number];
/** What is summed of a group. */
export type Sums = UsageFiguresFragment;

export const dimensionNames = [
  'WORKFLOW',
  'TOKEN',
  'CONNECTION',
  'PROVIDER',
  'OPERATION',
  'OUTCOME',
  'PAYER',
] as const;
export type Dimension = (typeof dimensionNames)[number];

/** A label of a row: its value as a filter takes it, null where there is none, and its name for people. */
export type Label = { value: string | null; title: string };

type DimensionFacts = {
  title: string;
  /** The name of its parameter in addresses and exports. */
  parameter: FilterName;
  /** Of a row that is grouped by it. */
  labelOf: (row: UsageLabelsFragment) => Label;
  /** Every value, where they are few. */
  values?: readonly string[];
};

const named = (of: { id: string; name: string } | null, none: string): Label =>
  of === null ? { value: null, title: none } : { value: of.id, title: of.name };
const worded = (word: string | null, none: string): Label =>
  word === null ? { value: null, title: none } : { value: word, title: formatWord(word) };

export const dimensions: Record<Dimension, DimensionFacts> = {
  WORKFLOW: {
    title: 'Workflow',
    parameter: 'workflow',
    labelOf: ({ workflow = null }) => ({ value: workflow, title: workflow ?? 'No workflow' }),
  },
  TOKEN: { title: 'Token', parameter: 'token', labelOf: ({ token = null }) => named(token, 'No token') },
  CONNECTION: {
    title: 'Connection',
    parameter: 'connection',
    labelOf: ({ connection = null }) => named(connection, 'No connection'),
  },
  PROVIDER: {
    title: 'Provider',
    parameter: 'provider',
    labelOf: ({ provider = null }) => ({
      value: provider,
      title: provider === null ? 'No provider' : providerTitle(provider),
    }),
    values: ['FIRMABLE', 'PEOPLE_DATA_LABS', 'APOLLO'],
  },
  OPERATION: {
    title: 'Operation',
    parameter: 'operation',
    labelOf: ({ operation = null }) => worded(operation, 'No operation'),
    values: ['COMPANY', 'PERSON', 'PEOPLE_SEARCH'],
  },
  OUTCOME: {
    title: 'Outcome',
    parameter: 'outcome',
    labelOf: ({ outcome = null }) => worded(outcome, 'No outcome'),
    values: ['FOUND', 'NOT_FOUND', 'REFUSED', 'FAILED', 'UNKNOWN'],
  },
  PAYER: {
    title: 'Payer',
    parameter: 'payer',
    labelOf: ({ payer = null }) => worded(payer, 'No payer'),
    values: ['CONNECTION', 'CALLER_KEY', 'MANAGED'],
  },
};

/** The filters of a report, by their parameters. `charge` is no dimension. */
export const filterNames = [
  'workflow',
  'token',
  'connection',
  'provider',
  'operation',
  'outcome',
  'charge',
  'payer',
] as const;
export type FilterName = (typeof filterNames)[number];

const chargeValues = ['CHARGED', 'ALREADY_UNLOCKED', 'FREE', 'NOT_FOUND', 'PRESUMED', 'NONE'];

export const dimensionOf = (name: FilterName): Dimension | null =>
  dimensionNames.find((dimension) => dimensions[dimension].parameter === name) ?? null;

export const filterTitle = (name: FilterName): string => {
  const dimension = dimensionOf(name);
  return dimension === null ? 'Charge' : dimensions[dimension].title;
};

/** Every value of a filter where they are few; null where they are those of the ledger. */
export const valuesOf = (name: FilterName): readonly string[] | null => {
  const dimension = dimensionOf(name);
  return dimension === null ? chargeValues : (dimensions[dimension].values ?? null);
};

/** The filters that also select what has no such label. */
export const withoutNames: Partial<Record<FilterName, 'CONNECTION' | 'PROVIDER' | 'WORKFLOW' | 'PAYER'>> = {
  connection: 'CONNECTION',
  provider: 'PROVIDER',
  workflow: 'WORKFLOW',
  payer: 'PAYER',
};

/**
 * What a chart shows, the field of its rows, and by what the API compares its groups. Rows have the field of the measure that was
 * requested only.
 */
export const measures = {
  charged: { title: 'Credits charged', field: 'creditsCharged', api: 'CREDITS_CHARGED' },
  saved: { title: 'Credits saved', field: 'creditsSaved', api: 'CREDITS_SAVED' },
  lookups: { title: 'Lookups', field: 'lookups', api: 'LOOKUPS' },
  attempts: { title: 'Attempts', field: 'attempts', api: 'ATTEMPTS' },
} as const satisfies Record<string, { title: string; field: keyof ChartRow; api: UsageMeasure }>;
export type Measure = keyof typeof measures;
export const isMeasure = (text: string): text is Measure => Object.hasOwn(measures, text);

/** The measure that rows have: while another one is read, the last is shown. */
export const measureIn = ([row]: readonly ChartRow[], wanted: Measure): Measure =>
  [wanted, ...Object.keys(measures).filter(isMeasure)].find(
    (name) => row?.[measures[name].field] !== undefined,
  ) ?? wanted;
