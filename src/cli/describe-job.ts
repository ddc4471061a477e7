import { exitCodes } from './exit-codes.js';
import type { Job, JobQuote } from './job-calls.js';
import { countOf, type Printer } from './printer.js';

/** The outcomes and credits of a job in one line. Outcomes that no row has are left out. */
export const describeCounts = ({ rows, counts, creditsCharged, creditsSaved }: Job): string => {
  const { found, notFound, refused, failed, unknown, duplicates } = counts;
  const outcomes = { found, 'not found': notFound, refused, failed, unknown };
  return [
    `${counts.done.toLocaleString('en-US')} of ${countOf(rows, 'row')}`,
    ...Object.entries(outcomes).flatMap(([name, count]) =>
      count === 0 ? [] : [`${count.toLocaleString('en-US')} ${name}`],
    ),
    ...(duplicates === 0 ? [] : [countOf(duplicates, 'duplicate')]),
    `${countOf(creditsCharged, 'credit')} charged`,
    ...(creditsSaved === 0 ? [] : [`${creditsSaved.toLocaleString('en-US')} saved`]),
  ].join(', ');
};

/** The quote, line by line. */
export const quoteLines = (quote: JobQuote): string[] => [
  `Quote for ${countOf(quote.rows, 'row')}: ${quote.new.toLocaleString('en-US')} new, ${quote.unlocked.toLocaleString('en-US')} unlocked already, ${countOf(quote.duplicates, 'duplicate')}, ${quote.invalid.toLocaleString('en-US')} invalid${
    quote.presumed === 0 ? '' : `, ${countOf(quote.presumed, 'presumed charge')}`
  }.`,
  `It costs ${rangeOf(quote)} if all are found.`,
  ...(quote.perProvider.length < 2
    ? []
    : quote.perProvider.map((share) => `  ${share.provider}: ${rangeOf(share)}`)),
  ...quote.checks.reasons.map((reason) => `Check: ${reason}`),
];

const rangeOf = ({ minCredits, maxCredits }: { minCredits: number; maxCredits: number }): string =>
  minCredits === maxCredits
    ? countOf(maxCredits, 'credit')
    : `${minCredits.toLocaleString('en-US')} to ${countOf(maxCredits, 'credit')}`;

/** One line of progress; on a terminal with a bar, which a narrow one shortens. */
export const progressLine = (job: Job, { isLive, width }: Pick<Printer, 'isLive' | 'width'>): string => {
  const { progress, state, counts, rows, rowsPerSecond, estimatedEnd, creditsCharged } = job;
  const share = Math.min(1, Math.max(0, progress));
  const length = isLive ? Math.min(24, Math.max(0, width() - 58)) : 0;
  const cells = Math.floor(share * length);
  const leftMs = estimatedEnd === null ? null : Date.parse(estimatedEnd) - Date.now();
  return [
    ...(length < 4 ? [] : [`[${'#'.repeat(cells)}${'.'.repeat(length - cells)}]`]),
    `${String(Math.floor(share * 100)).padStart(isLive ? 3 : 0)}%`,
    `${counts.done.toLocaleString('en-US')}/${countOf(rows, 'row')},`,
    countOf(creditsCharged, 'credit'),
    ...(state === 'RUNNING' && rowsPerSecond !== null ? [`${Math.round(rowsPerSecond)}/s`] : []),
    ...(state === 'RUNNING' && leftMs !== null ? [`${durationOf(leftMs)} left`] : []),
    ...(state === 'QUEUED' ? ['waiting for its turn'] : []),
  ].join(' ');
};

const durationOf = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
};

/** The exit code for the state that a job is in. */
export const exitCodeOfJob = ({ state, counts }: Job): number => {
  if (state === 'PAUSED') return exitCodes.paused;
  if (state === 'CANCELED') return exitCodes.canceled;
  if (state === 'FAILED') return exitCodes.failure;
  return counts.refused + counts.failed + counts.unknown > 0 ? exitCodes.rowsFailed : exitCodes.done;
};
