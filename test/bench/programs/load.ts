import { once } from 'node:events';
import { connect } from 'node:net';
import { percentile } from '../numbers.js';
import { digitsOf, numberDigits } from './companies.js';
import { type Job, type JobResult, type LoadOrder, type LoadReport, numberMark } from './job.js';
import { createAnswerReader } from './read-answer.js';

// Requests are prepared as bytes and answers searched rather than parsed: what the generator takes is taken from
// whatever is measured on the same machine.
const run = async (job: Job): Promise<JobResult> => {
  const tally: Tally = { latenciesMs: [], records: 0, errors: 0, firstError: null, next: 0 };
  const askers = await Promise.all(Array.from({ length: job.connections }, () => open(job, tally)));
  const startedMs = performance.now();
  const untilMs = startedMs + job.seconds * 1_000;
  await Promise.all(askers.map(({ lookup }) => lookup(untilMs)));
  const seconds = (performance.now() - startedMs) / 1_000;
  return {
    seconds,
    answers: tally.latenciesMs.length,
    records: tally.records,
    given: tally.next,
    errors: tally.errors,
    firstError: tally.firstError,
    p50Ms: percentile(tally.latenciesMs, 0.5),
    p99Ms: percentile(tally.latenciesMs, 0.99),
  };
};

type Tally = {
  latenciesMs: number[];
  records: number;
  errors: number;
  firstError: string | null;
  /** How many numbers were given out. */
  next: number;
};

type Client = { lookup: (untilMs: number) => Promise<void> };

/** Opens one connection. Its one buffer is read into again and again: node would make 64 KB of garbage for each answer. */
const open = async (job: Job, tally: Tally): Promise<Client> => {
  const reader = createAnswerReader(job);
  let take: ((chunk: Buffer) => void) | null = null;
  const socket = connect({
    port: job.port,
    host: '127.0.0.1',
    noDelay: true,
    onread: {
      buffer: Buffer.alloc(65_536),
      callback: (length, buffer) => {
        take?.(Buffer.from(buffer.buffer, 0, length));
        return true;
      },
    },
  });
  await once(socket, 'connect');

  /** Asks each question after the answer to the last; resolves when the time is over or the connection is cut. */
  const lookup = (untilMs: number): Promise<void> =>
    new Promise((resolve) => {
      const request = Buffer.from(job.request);
      const places = placesIn(job.request);
      const numbers = places.map(() => '');
      let startedMs = 0;

      const send = (): void => {
        for (const [at, place] of places.entries()) {
          const number = job.from + (job.count === null ? tally.next : tally.next % job.count);
          const digits = digitsOf(number);
          tally.next += 1;
          numbers[at] = digits;
          request.write(digits, place, 'latin1');
        }
        startedMs = performance.now();
        socket.write(request);
      };
      const end = (): void => {
        socket.destroy();
        resolve();
      };

      take = (chunk) => {
        const fault = reader.read(chunk, numbers);
        if (fault === 'MORE') return;
        const nowMs = performance.now();
        if (fault === null) {
          tally.latenciesMs.push(nowMs - startedMs);
          tally.records += numbers.length;
        } else fail(tally, fault);
        if (nowMs < untilMs) send();
        else end();
      };
      socket.once('error', () => {});
      socket.once('close', () => {
        if (reader.waits()) fail(tally, 'the connection was cut');
        end();
      });
      send();
    });
  return { lookup };
};

const fail = (tally: Tally, why: string): void => {
  tally.errors += 1;
  tally.firstError ??= why;
};

/** Where the numbers stand, in bytes: the texts around them are ASCII. */
const placesIn = (request: string): number[] => {
  const places: number[] = [];
  for (let at = request.indexOf(numberMark); at !== -1; at = request.indexOf(numberMark, at + numberDigits))
    places.push(at);
  return places;
};

process.on('message', ({ id, job }: LoadOrder) => {
  void run(job).then((result) => {
    const report: LoadReport = { id, result };
    process.send?.(report);
  });
});
process.once('disconnect', () => process.exit(0));
