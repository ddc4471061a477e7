import { type Command, InvalidArgumentError, Option } from 'commander';
import { GatewayError } from '../errors.js';
import { type By, chooseColumns, guessOperation, readBy } from './choose-columns.js';
import { clientHelp, exitCodes, type JsonOption, runClient } from './client-command.js';
import { confirm, openTerminal } from './confirm.js';
import { quoteLines } from './describe-job.js';
import { addResultOptions, checkTarget, chooseTarget } from './download-result.js';
import { followJob, type FollowOptions, type JobRun, watchingOf } from './follow-job.js';
import { takeInterrupts } from './interrupt.js';
import { createJob, deleteJob, type Job, readJob } from './job-calls.js';
import {
  addLookupOptions,
  type CreditLimit,
  type LookupFlags,
  readMaxCredits,
  toLookupOptions,
} from './lookup-options.js';
import { readSearch, type SearchFlags, addSearchOptions } from './search-options.js';
import { reportUpload, type UploadFlags, uploadFile } from './upload-file.js';
import { waitForQuote } from './watch-job.js';

type Options = JsonOption &
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

const examples = [
  'firmable-gateway enrich in.csv --by domain=Website --fields name,employeeCount --max-credits 500 -o out.csv',
  'firmable-gateway enrich people.xlsx --people --by linkedin="LinkedIn URL" --by work-email=Email --dry-run',
  'cat in.csv | firmable-gateway enrich - --max-credits 500 --yes > out.csv',
  'firmable-gateway enrich --resume job_018f… -o out.csv',
];

/** Adds `enrich`. */
export const addEnrich = (program: Command): void => {
  const command = program
    .command('enrich')
    .description(
      'Looks up each row of a CSV, TSV or XLSX file, after a quote, and writes the file with the results.',
    )
    .argument('[file]', 'the file; - or none reads standard input')
    .option(
      '--by <identifier=column>',
      'the column of an identifier; repeat it in order of preference',
      readBy,
    )
    .option('--max-credits <number>', 'the most that the job may spend, or unlimited', readMaxCredits)
    .option('--people', 'look up people; the same as --operation person')
    .addOption(
      new Option('--operation <operation>', 'what each row is').choices([
        'company',
        'person',
        'people_search',
      ]),
    )
    .option('--found-by <job>', 'instead of a file: the people that a job of people_search found')
    .option('--require <list>', 'with --found-by: only people who have these fields, such as phone', readList)
    .option('--sheet <name>', 'the sheet of an XLSX file; otherwise the first')
    .option('--no-header', 'the first row is data')
    .option('--name <name>', 'a name for the job; otherwise that of the file');
  addResultOptions(addSearchOptions(addLookupOptions(command)))
    .option('--yes', 'start without asking')
    .option('--dry-run', 'print the quote, and start nothing')
    .option('--no-wait', 'start the job, print its id and leave it running')
    .option('--detach', 'the same')
    .option('--resume <job>', 'go on with a job: resume it if it is paused, and write its result')
    .option('--retry-seconds <seconds>', 'how long a lost connection is retried', readSeconds, 60)
    .option('--json', 'print JSON: the result as NDJSON or the job as one document, events on standard error')
    .addHelpText('after', clientHelp(...examples))
    .action(run);
};

const readList = (text: string): string[] =>
  text.split(',').map((name) =>
    name
      .trim()
      .replace(/[^a-z0-9]+/gi, '_')
      .toUpperCase(),
  );

const readSeconds = (text: string): number => {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number of seconds.');
};

/** What the steps of one run share. `terminal`: where a person confirms; null where nobody can. */
type Run = JobRun & { options: Options; terminal: NodeJS.ReadStream | null };

const run = (file: string | undefined, options: Options): Promise<void> =>
  runClient(options, async (client, print) => {
    checkOptions(file, options);
    const mustConfirm = options.yes !== true && options.dryRun !== true && !print.json;
    const hasList = options.resume !== undefined || options.foundBy !== undefined;
    const usesInput = !hasList && (file === undefined || file === '-');
    const terminal = mustConfirm ? openTerminal({ usesInput }) : null;
    if (
      options.resume === undefined &&
      options.yes !== true &&
      options.dryRun !== true &&
      terminal === null
    ) {
      throw noTerminal();
    }
    const target = await chooseTarget(options);
    const interrupt = takeInterrupts(() => print.live(''));
    const all: Run = { client, print, options, target, interrupt, terminal };
    try {
      return options.resume === undefined
        ? await enrichFile(all, file ?? null)
        : await goOn(all, options.resume);
    } catch (error) {
      if (!interrupt.signal.aborted) throw error;
      print.note('Interrupted. No job runs.', { event: 'interrupted' });
      return exitCodes.interrupted;
    } finally {
      interrupt.close();
      if (terminal !== process.stdin) terminal?.destroy();
    }
  });

const noTerminal = (): GatewayError =>
  wrong(
    'Nobody can confirm the quote without a terminal: add --yes to start without asking, or --dry-run to see the quote.',
  );

const checkOptions = (file: string | undefined, options: Options): void => {
  if (options.resume === undefined) {
    if (file !== undefined && options.foundBy !== undefined) {
      throw wrong('The list is a file or what --found-by found: give one of both.');
    }
    if (options.maxCredits !== undefined || options.dryRun === true) return;
    throw wrong('Add --max-credits: the most that the job may spend, or unlimited.');
  }
  if (file !== undefined || options.by !== undefined) {
    throw wrong('A job that goes on has its file and options: give --resume without them.');
  }
  // Its quote was made before it was started; going on spends.
  if (options.dryRun === true)
    throw wrong('--resume goes on with the job, and --dry-run starts nothing: see its quote with jobs show.');
};

const wrong = (message: string): GatewayError => new GatewayError('INVALID_INPUT', message);

const enrichFile = async (all: Run, file: string | null): Promise<number> => {
  const { client, options } = all;
  const { maxCredits = 'UNLIMITED', name } = options;
  const list = options.foundBy === undefined ? await uploadList(all, file) : foundList(options);
  const job = await createJob(client, {
    ...list,
    ...(name === undefined ? {} : { name }),
    options: await toLookupOptions(client, options),
    // Only a dry run has no limit, because it spends nothing.
    maxCredits,
    start: false,
  });
  return await quoteAndStart(all, job);
};

/** Uploads the file, and returns the fields of `createJob` that say what is looked up. */
const uploadList = async (
  { client, print, options, interrupt }: Run,
  file: string | null,
): Promise<object> => {
  const upload = await uploadFile(client, print, { file, flags: options, signal: interrupt.signal });
  const by = options.by ?? [];
  const { operation = options.people === true ? 'PERSON' : guessOperation(upload, by) } = options;
  const isProposed =
    operation.toUpperCase() === 'PERSON' ? upload.operation === 'PERSON' : upload.operation !== 'PERSON';
  // What was proposed is for the other kind of records: the gateway proposes again, with the job.
  const columns = by.length === 0 && !isProposed ? null : chooseColumns(upload, by);
  reportUpload(print, upload, columns);
  return {
    operation: operation.toUpperCase(),
    source: { upload: { id: upload.id, ...(columns === null ? {} : { columns }) } },
    ...readSearch(operation, options),
  };
};

const foundList = ({ foundBy, require }: Options): object => ({
  operation: 'PERSON',
  source: { job: foundBy },
  ...(require === undefined ? {} : { require }),
});

/** Shows the quote, confirms it, and starts the job. A job that is not started is deleted. */
const quoteAndStart = async (all: Run, { id }: Job): Promise<number> => {
  const { client, print, options, target } = all;
  let isStarted = false;
  try {
    await checkTarget(client, id, target);
    if (options.dryRun === true) {
      const { quote } = await waitForQuote(client, print, { ...watchingOf(all), jobId: id });
      print.result({ quote }, () => (quote === null ? [] : quoteLines(quote)));
      return exitCodes.done;
    }
    isStarted = await isConfirmed(all, id);
    return isStarted ? await followJob(all, id, { start: true }) : exitCodes.canceled;
  } finally {
    if (!isStarted) await discard(all, id);
  }
};

/** Shows the quote, which a person confirms where `--yes` has not. */
const isConfirmed = async (all: Run, id: string): Promise<boolean> => {
  const { client, print, options, terminal, interrupt } = all;
  const { quote } = await waitForQuote(client, print, { ...watchingOf(all), jobId: id });
  const lines = quote === null ? ['There is no quote.'] : quoteLines(quote);
  print.note(lines.join('\n'), { event: 'quote', quote });
  if (options.yes === true) return true;
  if (terminal === null) throw noTerminal();
  const isYes = await confirm(terminal, 'Start the job?', interrupt.signal);
  if (!isYes) print.note('Nothing was started.', { event: 'declined' });
  return isYes;
};

const discard = async ({ client, print }: Run, id: string): Promise<void> => {
  try {
    await deleteJob(client, id);
  } catch {
    print.note(`The job was not started. To delete it: firmable-gateway jobs delete ${id}`, {
      event: 'notDeleted',
      id,
    });
  }
};

/** `--resume`: a job that was never started shows its quote first, to be confirmed. A new limit counts also while it runs. */
const goOn = async (all: Run, id: string): Promise<number> => {
  const { client, target } = all;
  const { maxCredits } = all.options;
  const { state, pauseReason, endedAt } = await readJob(client, id);
  if (endedAt !== null && maxCredits !== undefined)
    throw wrong('The job has ended: leave out --max-credits, or give it to jobs retry for the failed rows.');
  await checkTarget(client, id, target);
  if (pauseReason?.code === 'NOT_STARTED' && !(await isConfirmed(all, id))) return exitCodes.canceled;
  return await followJob(all, id, { start: state === 'PAUSED' || maxCredits !== undefined, maxCredits });
};
