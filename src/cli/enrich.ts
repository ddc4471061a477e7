import type { Command } from 'commander';
import { GatewayError } from '../errors.js';
import { chooseColumns, guessOperation } from './choose-columns.js';
import { clientHelp, runClient } from './client-command.js';
import { exitCodes } from './exit-codes.js';
import { confirm, openTerminal } from './confirm.js';
import { quoteLines } from './describe-job.js';
import { checkTarget, chooseTarget } from './download-result.js';
import { addEnrichOptions, checkEnrichOptions, type EnrichOptions } from './enrich-options.js';
import { followJob, type JobRun, watchingOf } from './follow-job.js';
import { takeInterrupts } from './interrupt.js';
import { createJob, deleteJob, type Job, readJob } from './job-calls.js';
import { toLookupOptions } from './lookup-options.js';
import { readSearch } from './search-options.js';
import { reportUpload, uploadFile } from './upload-file.js';
import { waitForQuote } from './watch-job.js';

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
    );
  addEnrichOptions(command)
    .addHelpText('after', clientHelp(...examples))
    .action(run);
};

/** What the steps of one run share. `terminal`: where a person confirms; null where nobody can. */
type Run = JobRun & { options: EnrichOptions; terminal: NodeJS.ReadStream | null };

const run = (file: string | undefined, options: EnrichOptions): Promise<void> =>
  runClient(options, async (client, print) => {
    checkEnrichOptions(file, options);
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

const foundList = ({ foundBy, require }: EnrichOptions): object => ({
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
