import type { EntryFilter, UsageFilter } from '../../api/operations.js';
import { formatWord } from '../../ui/format.js';
import type { Unit } from '../../time/period.js';
import {
  type Dimension,
  dimensionNames,
  type FilterName,
  filterNames,
  filterTitle,
  type Measure,
  isMeasure,
  valuesOf,
  withoutNames,
} from './dimensions.js';

/** The values that a filter selects; null among them for what has no such label. */
export type Filters = Partial<Record<FilterName, readonly (string | null)[]>>;

/** What the address of the page says beside period and time zone. */
export type UsageAddress = {
  groupBy: readonly Dimension[];
  /** Null: the period's. */
  unit: Unit | null;
  measure: Measure;
  filters: Filters;
  /** Whether the period before is shown beside. */
  compare: boolean;
};

export type Parameters = Record<string, string | readonly string[] | null>;

const units: readonly Unit[] = ['HOUR', 'DAY', 'WEEK', 'MONTH'];
const groupsMax = 2;
const noGroups = 'NONE';

/** Reads the address. What is invalid is left out and reported. */
export const readUsageAddress = (
  given: URLSearchParams,
): { address: UsageAddress; problems: readonly string[] } => {
  const problems: string[] = [];
  const report = (problem: string): void => void problems.push(problem);
  const address: UsageAddress = {
    groupBy: readGroups(given.getAll('groupBy'), report),
    unit: readUnit(given.get('unit'), report),
    measure: readMeasure(given.get('measure'), report),
    filters: readFilters(given, report),
    compare: readCompare(given.get('compare'), report),
  };
  return { address, problems };
};

type Report = (problem: string) => void;

const readGroups = ([text, ...more]: readonly string[], report: Report): readonly Dimension[] => {
  if (text === undefined) return ['WORKFLOW'];
  if (more.length > 0)
    report(
      `"groupBy" is in the address ${more.length + 1} times. Only "${text}" is read. Two labels are joined by a comma.`,
    );
  const names = text === noGroups ? [] : [...new Set(text.split(','))];
  const known = names.flatMap((name) => dimensionNames.find((one) => one === name) ?? []);
  if (known.length < names.length) report(`"${text}" has a group that is unknown. It is left out.`);
  if (known.length > groupsMax) report('Usage is grouped by two labels at most. The first two are shown.');
  return known.slice(0, groupsMax);
};

const readUnit = (text: string | null, report: Report): Unit | null => {
  const unit = units.find((one) => one === text) ?? null;
  if (text !== null && unit === null) report(`"${text}" is not HOUR, DAY, WEEK or MONTH.`);
  return unit;
};

const readMeasure = (text: string | null, report: Report): Measure => {
  if (text === null) return 'charged';
  if (isMeasure(text)) return text;
  report(`"${text}" cannot be shown. Credits charged are.`);
  return 'charged';
};

const readCompare = (text: string | null, report: Report): boolean => {
  if (text !== null && text !== 'false')
    report(`"compare" is "false" or left out, not "${text}". The period before is shown.`);
  return text !== 'false';
};

const readFilters = (given: URLSearchParams, report: Report): Filters => {
  const filters: Partial<Record<FilterName, (string | null)[]>> = {};
  for (const name of filterNames) {
    const known = valuesOf(name);
    const values = [...new Set(given.getAll(name))].filter((value) => {
      const isKnown = isPossible(name, value) && (known === null || known.includes(value));
      if (!isKnown)
        report(
          `"${value}" is not a value of the filter by ${filterTitle(name).toLowerCase()}. It is left out.`,
        );
      return isKnown;
    });
    if (values.length > 0) filters[name] = values;
  }
  for (const word of (given.get('without') ?? '').split(',').filter(Boolean)) {
    const name = filterNames.find((one) => withoutNames[one] === word);
    if (name === undefined) report(`Nothing is without "${word}". It is left out.`);
    else filters[name] = [...(filters[name] ?? []), null];
  }
  return filters;
};

const idPrefixes: Partial<Record<FilterName, string>> = { token: 'tok_', connection: 'con_' };

const isPossible = (name: FilterName, value: string): boolean => {
  const prefix = idPrefixes[name];
  return value !== '' && (prefix === undefined || new RegExp(`^${prefix}[0-9a-f-]{36}$`).test(value));
};

/** The parameters of filters, as addresses and exports take them; null for those that are absent. */
export const filterParameters = (filters: Filters): Parameters => ({
  ...Object.fromEntries(
    filterNames.map((name) => {
      const values = filters[name]?.filter((value) => value !== null) ?? [];
      return [name, values.length === 0 ? null : values];
    }),
  ),
  without: withoutIn(filters).join(',') || null,
});

const withoutIn = (filters: Filters) =>
  filterNames.flatMap((name) => (filters[name]?.includes(null) === true ? (withoutNames[name] ?? []) : []));

/** The parameters of an address, null for what is the default. */
export const writeUsageAddress = (address: UsageAddress): Parameters => {
  const groups = address.groupBy.join(',') || noGroups;
  return {
    groupBy: groups === 'WORKFLOW' ? null : groups,
    unit: address.unit,
    measure: address.measure === 'charged' ? null : address.measure,
    compare: address.compare ? null : 'false',
    ...filterParameters(address.filters),
  };
};

/** The filter of the API. Values of enums are known, because the address is read by them. */
export const apiFilter = (filters: Filters, sandbox: boolean): UsageFilter & EntryFilter => ({
  ...Object.fromEntries(
    filterNames.flatMap((name) => {
      const values = filters[name]?.filter((value) => value !== null) ?? [];
      return values.length === 0 ? [] : [[`${name}s`, values]];
    }),
  ),
  sandbox,
  without: withoutIn(filters),
});

/** `Token: sync or crm`, for a chip. `titleOf` names a value of the ledger. */
export const filterText = (
  name: FilterName,
  values: readonly (string | null)[],
  titleOf: (value: string) => string,
): string =>
  `${filterTitle(name)}: ${values
    .map((value) => (value === null ? 'none' : valuesOf(name) === null ? titleOf(value) : formatWord(value)))
    .join(' or ')}`;
