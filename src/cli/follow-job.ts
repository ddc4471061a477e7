import { exitCodes } from './exit-codes.js';
import { describeCounts, exitCodeOfJob } from './describe-job.js';
import { downloadResult, type ResultOptions, type Target } from './download-result.js';
import type { GatewayClient } from './gateway-client.js';
import type { Interrupt } from './interrupt.js';
import { changeWithLimit, type Job } from './job-calls.js';
import type { CreditLimit } from './lookup-options.js';
import { countOf, type Printer } from './printer.js';
import { watchJob } from './watch-job.js';

export type FollowOptions = ResultOptions & { wait: boolean; detach?: boolean; retrySeconds: number };

/** What following a job needs. */
export type JobRun = {
  client: GatewayClient;
  print: Printer;
  options: FollowOptions;
  target: Target;
  interrupt: Interrupt;
};

export const watchingOf = ({ options, interrupt }: JobRun): { retryMs: number; signal: AbortSignal } => ({
  retryMs: options.retrySeconds * 1_000,
  signal: interrupt.signal,
});

/**
 * Starts or resumes a job if `start`, with `maxCredits` under a new limit, follows it, and writes its result when it is
 * complete. Returns the exit code. Prints the command that goes on where this one ends early.
 */
export const followJob = async (
  run: JobRun,
  id: string,
  { start, maxCredits }: { start: boolean; maxCredits?: CreditLimit | undefined },
): Promise<number> => {
  const { client, print, options } = run;
  const again = `firmable-gateway enrich --resume ${id}${resultFlags(options)}`;
  let job: Job;
  try {
    if (start) await changeWithLimit(client, 'resumeJob', id, maxCredits);
    if (!options.wait || options.detach === true) {
      print.note(`The job runs. To wait for its result: ${again}`, { event: 'started', id });
      print.result({ id }, () => [id]);
      return exitCodes.done;
    }
    if (start) print.note(`Started ${id}.`, { event: 'started', id });
    job = await watchJob(client, print, { ...watchingOf(run), jobId: id });
  } catch (error) {
    print.note(`The job may still run. To wait for its result: ${again}`, { event: 'lost', id });
    throw error;
  }
  const { state, counts, creditsCharged, creditsSaved, pauseReason } = job;
  const facts = { id, state, counts, creditsCharged, creditsSaved, pauseReason };
  print.note(`${state}: ${describeCounts(job)}.`, { event: 'ended', ...facts });
  if (pauseReason !== null) {
    print.note(`${pauseReason.code}: ${pauseReason.message}`, { event: 'paused', ...pauseReason });
  }
  if (pauseReason?.code === 'MAX_CREDITS_EXCEEDED') {
    const command = `${again} --max-credits N`;
    const spent = countOf(creditsCharged, 'credit');
    const text = `To go on with a higher limit (${spent} spent): ${command}`;
    print.note(text, { event: 'limitReached', id, command, creditsCharged });
  } else if (state === 'PAUSED') {
    print.note(`To go on: ${again}`, { event: 'resumable', id, command: again });
  }
  if (state === 'COMPLETED') await writeResult(run, job);
  else if (counts.done > 0) {
    const command = downloadCommand(id, options);
    print.note(`To write what there is: ${command}`, { event: 'incomplete', id, command });
  }
  const { file } = run.target;
  if (print.json && file !== null) print.result({ job, file: state === 'COMPLETED' ? file : null }, () => []);
  return exitCodeOfJob(job);
};

const writeResult = async (
  { client, print, options, target, interrupt }: JobRun,
  job: Job,
): Promise<void> => {
  const { id } = job;
  try {
    await downloadResult(client, print, {
      jobId: id,
      target,
      retryMs: options.retrySeconds * 1_000,
      // A job that ended while it was being paused is written, too.
      ...(interrupt.signal.aborted ? {} : { signal: interrupt.signal }),
    });
  } catch (error) {
    const command = downloadCommand(id, options);
    print.note(`The job is done. To write its result: ${command}`, { event: 'notWritten', id, command });
    throw error;
  }
  if (target.file !== null) print.note(`Wrote ${target.file}.`, { event: 'written', file: target.file });
  if (job.counts.failed > 0) {
    const command = `firmable-gateway jobs retry ${id}`;
    print.note(`To look up what failed again: ${command}`, { event: 'retryable', id, command });
  }
};

const downloadCommand = (id: string, options: ResultOptions): string =>
  `firmable-gateway jobs download ${id}${resultFlags(options)}`;

/** The options of the result, as a person would type them again. */
const resultFlags = ({ output, format, fields, bom }: ResultOptions): string =>
  [
    ['--fields', fields],
    ['--format', format],
    ['-o', output],
  ]
    .flatMap(([flag, value]) => (value === undefined ? [] : [` ${flag} ${quoted(value)}`]))
    .join('') + (bom === true ? ' --bom' : '');

const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
