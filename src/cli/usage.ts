import { type Command, InvalidArgumentError, Option } from 'commander';
import { readTimeZone } from '../platform/time-zone.js';
import { clientHelp, type JsonOption, runClient } from './client-command.js';
import { exitCodes } from './exit-codes.js';
import { inLine, tableLines } from './printer.js';

type Options = JsonOption & {
  groupBy: string[];
  month: Month;
  from?: string;
  to?: string;
  timeZone: string;
};

type Month = { year: number; month: number };

const examples = [
  'firmable-gateway usage',
  'firmable-gateway usage --group-by day,token --month 2026-10 --time-zone Australia/Sydney --json',
];

const times = ['HOUR', 'DAY', 'WEEK', 'MONTH'];
const labels = ['CONNECTION', 'PROVIDER', 'OPERATION', 'WORKFLOW', 'TOKEN', 'OUTCOME', 'PAYER', 'SANDBOX'];
const dimensions = [...times, ...labels];

/** Adds `usage`. */
export const addUsage = (program: Command): void => {
  program
    .command('usage')
    .description('Prints what was looked up and spent, this month by workflow unless options say otherwise.')
    .option('--group-by <list>', 'dimensions of the API, such as day,workflow,token', readGroups, [
      'WORKFLOW',
    ])
    .addOption(
      new Option('--month <month>', 'another month, such as 2026-10')
        .argParser(readMonth)
        .conflicts(['from', 'to']),
    )
    .option('--from <instant>', 'the start of the period, such as 2026-11-01')
    .option('--to <instant>', 'the end of the period, exclusive')
    .option('--time-zone <zone>', 'the time zone of months, weeks, days and hours', readZone, 'UTC')
    .option('--json', 'print one JSON document')
    .addHelpText('after', clientHelp(...examples))
    .action(run);
};

const readGroups = (text: string): string[] => {
  const names = text.split(',').map((name) => name.trim().toUpperCase());
  if (names.every((name) => dimensions.includes(name))) return names;
  throw new InvalidArgumentError(`Choose of ${dimensions.join(', ').toLowerCase()}, separated by commas.`);
};

const readMonth = (text: string): Month => {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (year !== undefined && month !== undefined) return { year: Number(year), month: Number(month) };
  throw new InvalidArgumentError('Write a month as 2026-10.');
};

const readZone = (text: string): string => {
  const zone = readTimeZone(text);
  if (zone !== null) return zone;
  throw new InvalidArgumentError('Write a time zone as Australia/Sydney, or UTC.');
};

const countFields = 'lookups found notFound refused failed unknown creditsCharged creditsSaved';
const counts = countFields.split(' ');
const labelFields: Record<string, string> = {
  CONNECTION: 'connection { id name }',
  TOKEN: 'token { id name }',
  ...Object.fromEntries(times.map((name) => [name, 'startsAt startsAtLocal'])),
};

type Row = Record<string, unknown>;
type Answer = { usage: { from: string; to: string; asOf: string; totals: Row; rows: Row[] } };

const run = (options: Omit<Options, 'month'> & { month?: Month }): Promise<void> =>
  runClient(options, async (client, print) => {
    const { groupBy, timeZone } = options;
    const fields = groupBy.map((name) => labelFields[name] ?? name.toLowerCase());
    const { usage } = await client.query<Answer>(
      `query Usage($from: DateTime!, $to: DateTime!, $groupBy: [UsageDimension!], $timeZone: TimeZone) {
        usage(from: $from, to: $to, groupBy: $groupBy, timeZone: $timeZone) {
          from to asOf totals { ${countFields} } rows { ${[...new Set(fields), countFields].join(' ')} }
        }
      }`,
      { ...periodOf(options), groupBy, timeZone },
    );
    print.result({ timeZone, groupBy, ...usage }, () => [
      `${usage.from} to ${usage.to}, time zone ${timeZone}`,
      ...tableLines([
        [...groupBy.map((name) => name.toLowerCase()), ...counts],
        ...usage.rows.map((row) => [...groupBy.map((name) => labelOf(row, name)), ...countsOf(row)]),
        [...groupBy.map((_, at) => (at === 0 ? 'total' : '')), ...countsOf(usage.totals)],
      ]),
    ]);
    return exitCodes.done;
  });

const countsOf = (row: Row): number[] => counts.map((name) => Number(row[name]));

const labelOf = (row: Row, dimension: string): string => {
  if (labelFields[dimension]?.startsWith('startsAt') === true) return inLine(row['startsAtLocal']);
  const label = row[dimension.toLowerCase()];
  return typeof label === 'object' && label !== null && 'name' in label ? inLine(label.name) : inLine(label);
};

const periodOf = ({
  from,
  to,
  month,
  timeZone,
}: Pick<Options, 'from' | 'to' | 'timeZone'> & { month?: Month }): { from: string; to: string } => {
  const start = month ?? thisMonth(timeZone);
  return {
    from: from ?? startOfMonth(start, timeZone),
    to: to ?? startOfMonth({ ...start, month: start.month + 1 }, timeZone),
  };
};

const thisMonth = (timeZone: string): Month => {
  const [year = 0, month = 0] = clockAt(new Date(), timeZone);
  return { year, month };
};

/** Midnight of the first day by the clocks of the zone. Month 13 is January of the next year. */
const startOfMonth = ({ year, month }: Month, timeZone: string): string => {
  const wantedMs = Date.UTC(year, month - 1, 1);
  let atMs = wantedMs;
  // The offset is that of the instant itself, which the first correction may reach only nearly.
  for (let round = 0; round < 2; round += 1) atMs += wantedMs - readClockMs(new Date(atMs), timeZone);
  return new Date(atMs).toISOString();
};

const readClockMs = (at: Date, timeZone: string): number => {
  const [year = 0, month = 1, day, hour, minute, second] = clockAt(at, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

/** Year, month, day, hour, minute and second by the clocks of the zone. */
const clockAt = (at: Date, timeZone: string): number[] =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    .format(at)
    .split(/\D+/)
    .map(Number);
