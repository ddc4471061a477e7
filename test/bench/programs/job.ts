/** The place of a company's number in a request, or in a text that its answer must hold. */
export const numberMark = '############';

/** One way to ask, over and over, on so many connections. */
export type Job = {
  port: number;
  connections: number;
  seconds: number;
  /** A whole HTTP request; each mark is the place of one company's number. */
  request: string;
  /** What a right answer holds for each of these numbers, in this order; a mark is the number. */
  expected: readonly string[];
  /** What no right answer holds. */
  forbidden: readonly string[];
  /** The first number. */
  from: number;
  /** How many numbers there are before they begin again; null where each is asked for once. */
  count: number | null;
};

export type JobResult = {
  seconds: number;
  /** Right answers, and the records in them. */
  answers: number;
  records: number;
  /** How many numbers were given out, those of wrong answers too. */
  given: number;
  errors: number;
  /** How the first wrong answer began. */
  firstError: string | null;
  p50Ms: number;
  p99Ms: number;
};

/** Between the bench and the generator: jobs may run side by side. */
export type LoadOrder = { id: number; job: Job };
export type LoadReport = { id: number; result: JobResult };
