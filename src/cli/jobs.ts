import { type Command, InvalidArgumentError } from 'commander';
import { clientHelp, type JsonOption, runClient } from './client-command.js';
import { exitCodes } from './exit-codes.js';
import { addResultOptions, chooseTarget, downloadResult, type ResultOptions } from './download-result.js';
import type { GatewayClient } from './gateway-client.js';
import {
  changeJob,
  changeWithLimit,
  deleteJob,
  type Job,
  type JobChange,
  type LimitedChange,
  listJobs,
  readJob,
} from './job-calls.js';
import { describeCounts, quoteLines } from './describe-job.js';
import { type CreditLimit, readMaxCredits } from './lookup-options.js';
import { countOf, tableLines } from './printer.js';

const downloadRetryMs = 60_000;
const states = ['QUEUED', 'RUNNING', 'PAUSED', 'CANCELED', 'COMPLETED', 'FAILED'];

const examples = {
  list: 'firmable-gateway jobs list --state paused',
  show: 'firmable-gateway jobs show job_018f…',
  pause: 'firmable-gateway jobs pause job_018f…',
  resume: 'firmable-gateway jobs resume job_018f… --max-credits 500',
  cancel: 'firmable-gateway jobs cancel job_018f…',
  retry: 'firmable-gateway jobs retry job_018f…',
  delete: 'firmable-gateway jobs delete job_018f…',
  download: 'firmable-gateway jobs download job_018f… --fields name,employeeCount -o out.csv',
};

const changes: [keyof typeof examples, JobChange, string][] = [
  ['pause', 'pauseJob', 'Pauses a job. What is in flight is finished.'],
  ['cancel', 'cancelJob', 'Cancels a job. Its results stay.'],
];

const limitedChanges: [keyof typeof examples, LimitedChange, string][] = [
  ['resume', 'resumeJob', 'Lets a paused job go on where it stood, or starts one.'],
  ['retry', 'retryJob', 'Looks up the failed and refused rows of a job again.'],
];

/** Adds `jobs` with its subcommands. Without one it lists. */
export const addJobs = (program: Command): void => {
  const jobs = program
    .command('jobs')
    .description('Lists the jobs of a gateway, and shows, pauses, resumes, cancels and downloads one.')
    .addHelpText('after', clientHelp(...Object.values(examples)));
  jobs
    .command('list', { isDefault: true })
    .description('Lists jobs, newest first.')
    .option('--state <state>', `only jobs in this state: ${states.join(', ').toLowerCase()}`, readState)
    .option('--limit <number>', 'how many, at most 100', readLimit, 25)
    .option('--json', 'print one JSON document')
    .addHelpText('after', clientHelp(examples.list))
    .action(list);
  const add = (name: keyof typeof examples, description: string): Command =>
    jobs
      .command(name)
      .description(description)
      .argument('<job>', 'its id')
      .option('--json', 'print one JSON document')
      .addHelpText('after', clientHelp(examples[name]));
  add('show', 'Shows a job: its state, counts, credits and quote.').action(show);
  for (const [name, change, description] of changes) {
    add(name, description).action((id: string, options: JsonOption) =>
      printChanged(options, (client) => changeJob(client, change, id)),
    );
  }
  for (const [name, change, description] of limitedChanges) {
    add(name, description)
      .option(
        '--max-credits <number>',
        'a new limit, which counts all that the job has spent; or unlimited',
        readMaxCredits,
      )
      .action((id: string, { maxCredits, ...options }: JsonOption & { maxCredits?: CreditLimit }) =>
        printChanged(options, (client) => changeWithLimit(client, change, id, maxCredits)),
      );
  }
  add('delete', 'Deletes a job with its results. Records and entries stay.').action(remove);
  addResultOptions(add('download', 'Writes the rows of a job with their results.')).action(download);
};

const printChanged = (options: JsonOption, change: (client: GatewayClient) => Promise<Job>): Promise<void> =>
  runClient(options, async (client, print) => {
    const job = await change(client);
    print.result(job, () => linesOf(job));
    return exitCodes.done;
  });

const readState = (text: string): string => {
  if (states.includes(text.toUpperCase())) return text.toUpperCase();
  throw new InvalidArgumentError(`Choose one of ${states.join(', ').toLowerCase()}.`);
};

const readLimit = (text: string): number => {
  const limit = Number(text);
  if (/^\d{1,3}$/.test(text) && limit >= 1 && limit <= 100) return limit;
  throw new InvalidArgumentError('Write a whole number from 1 to 100.');
};

const list = ({ state, limit, ...options }: JsonOption & { state?: string; limit: number }): Promise<void> =>
  runClient(options, async (client, print) => {
    const jobs = await listJobs(client, { first: limit, state: state ?? null });
    print.result({ jobs }, () =>
      jobs.length === 0
        ? ['There are no such jobs.']
        : tableLines([
            ['id', 'state', 'rows', 'done', 'found', 'credits', 'created', 'name'],
            ...jobs.map((job) => [
              job.id,
              job.pauseReason === null ? job.state : `${job.state} ${job.pauseReason.code}`,
              job.rows,
              job.counts.done,
              job.counts.found,
              job.creditsCharged,
              job.createdAt.slice(0, 16),
              job.name ?? '-',
            ]),
          ]),
    );
    return exitCodes.done;
  });

const show = (id: string, options: JsonOption): Promise<void> =>
  runClient(options, async (client, print) => {
    const job = await readJob(client, id);
    print.result(job, () => [...linesOf(job), ...(job.quote === null ? [] : quoteLines(job.quote))]);
    return exitCodes.done;
  });

const linesOf = (job: Job): string[] => [
  `${job.id}  ${job.state}  ${job.name ?? ''}`.trimEnd(),
  ...(job.pauseReason === null ? [] : [`${job.pauseReason.code}: ${job.pauseReason.message}`]),
  `${describeCounts(job)}, limit ${typeof job.maxCredits === 'number' ? countOf(job.maxCredits, 'credit') : 'none'}`,
];

const remove = (id: string, options: JsonOption): Promise<void> =>
  runClient(options, async (client, print) => {
    await deleteJob(client, id);
    print.result({ deletedId: id }, () => [`Deleted ${id}.`]);
    return exitCodes.done;
  });

const download = (id: string, options: JsonOption & ResultOptions): Promise<void> =>
  runClient(options, async (client, print) => {
    const target = await chooseTarget(options);
    const job = await readJob(client, id);
    await downloadResult(client, print, { jobId: id, target, retryMs: downloadRetryMs });
    const { remaining } = job.counts;
    if (remaining > 0) {
      print.note(`${countOf(remaining, 'row')} of ${job.rows} had no result yet.`, {
        event: 'incomplete',
        remaining,
      });
    }
    if (print.json && target.file !== null) print.result({ job, file: target.file }, () => []);
    return exitCodes.done;
  });
