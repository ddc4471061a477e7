import { type Command, InvalidArgumentError, Option } from 'commander';
import { GatewayError } from '../errors.js';
import { recordFields } from '../providers/provider.js';
import { type By, readBy } from './choose-columns.js';
import type { JsonOption } from './client-command.js';
import { addResultOptions } from './download-result.js';
import type { FollowOptions } from './follow-job.js';
import { addLookupOptions, type CreditLimit, type LookupFlags, readMaxCredits } from './lookup-options.js';
import { addSearchOptions, hasSearch, type SearchFlags, toEnumValue } from './search-options.js';
import type { UploadFlags } from './upload-file.js';

/** The options of `enrich`, as commander reads them. */
export type EnrichOptions = JsonOption &
  LookupFlags &
  UploadFlags &
  SearchFlags &
  FollowOptions & {
    by?: By[];
    maxCredits?: CreditLimit;
    people?: boolean;
    operation?: string;
    name?: string;
    yes?: boolean;
    dryRun?: boolean;
    foundBy?: string;
    require?: string[];
    resume?: string;
  };

/** Adds the argument and the options of `enrich`. */
export const addEnrichOptions = (command: Command): Command => {
  command
    .argument('[file]', 'the file; - or none reads standard input')
    .option(
      '--by <identifier=column>',
      'the column of an identifier; repeat it in order of preference',
      readBy,
    )
    .option('--max-credits <number>', 'the most that the job may spend, or unlimited', readMaxCredits)
    .option('--people', 'look up people; the same as --operation person')
    .addOption(
      new Option('--operation <operation>', 'what each row is')
        .choices(['company', 'person', 'people_search'])
        .conflicts('people'),
    )
    .option('--found-by <job>', 'instead of a file: the people that a job of people_search found')
    .option(
      '--require <list>',
      'with --found-by: only people who have these fields, such as phone',
      readFields,
    )
    .option('--sheet <name>', 'the sheet of an XLSX file; otherwise the first')
    .option('--no-header', 'the first row is data')
    .option('--name <name>', 'a name for the job; otherwise that of the file');
  return addResultOptions(addSearchOptions(addLookupOptions(command)))
    .option('--yes', 'start without asking')
    .option('--dry-run', 'print the quote, and start nothing')
    .option('--no-wait', 'start the job, print its id and leave it running')
    .option('--detach', 'the same')
    .option('--resume <job>', 'go on with a job: resume it if it is paused, and write its result')
    .option('--retry-seconds <seconds>', 'how long a lost connection is retried', readSeconds, 60)
    .option(
      '--json',
      'print JSON: the result as NDJSON or the job as one document, events on standard error',
    );
};

const readFields = (text: string): string[] => {
  const names = text.split(',').map(toEnumValue);
  const unknown = names.find((name) => !recordFields.some((field) => field === name));
  if (unknown === undefined) return names;
  const fields = recordFields.map((field) => field.toLowerCase().replaceAll('_', '-')).join(', ');
  throw new InvalidArgumentError(`Choose of ${fields}, separated by commas.`);
};

const readSeconds = (text: string): number => {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number of seconds.');
};

/** Throws INVALID_INPUT for options that contradict each other, before anything is read or sent. */
export const checkEnrichOptions = (file: string | undefined, options: EnrichOptions): void => {
  if (options.resume === undefined) {
    checkList(file, options);
    if (options.maxCredits !== undefined || options.dryRun === true) return;
    throw wrong('Add --max-credits: the most that the job may spend, or unlimited.');
  }
  const ofList = [file, options.by, options.foundBy, options.require, options.operation, options.people];
  if (ofList.some((one) => one !== undefined) || hasSearch(options))
    throw wrong('A job that goes on has its file and options: give --resume without them.');
  // Its quote was made before it was started; going on spends.
  if (options.dryRun === true)
    throw wrong('--resume goes on with the job, and --dry-run starts nothing: see its quote with jobs show.');
};

/** What would be ignored is refused: it may be what limits the spend. */
const checkList = (file: string | undefined, { foundBy, ...options }: EnrichOptions): void => {
  if (hasSearch(options) && options.operation !== 'people_search')
    throw wrong('--position, --seniority, --department and --size need --operation people_search.');
  if (foundBy === undefined) {
    if (options.require !== undefined)
      throw wrong('--require selects people of --found-by: leave it out, or require fields in a waterfall.');
    return;
  }
  if (file !== undefined) throw wrong('The list is a file or what --found-by found: give one of both.');
  if (options.operation !== undefined && options.operation !== 'person')
    throw wrong('--found-by looks up people: leave out --operation, or set it to person.');
  if (options.by !== undefined || options.sheet !== undefined || !options.header)
    throw wrong('--by, --sheet and --no-header are about a file, and --found-by has none: leave them out.');
};

const wrong = (message: string): GatewayError => new GatewayError('INVALID_INPUT', message);
