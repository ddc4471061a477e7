import type { Receipt as ReceiptShape } from '../enrichment/lookup-result.js';
import { isProblemCode, type Problem as ProblemShape, problem } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { FoundPerson as FoundPersonShape } from '../providers/records.js';
import { readRowCredits, readRowReceipts, type RowCredits } from '../jobs/read-receipts.js';
import { missingRecord, readRowRecords, type RowRecord } from '../jobs/read-records.js';
import { type JobOfRows, listResults, type RowResult } from '../jobs/read-rows.js';
import { readUploadRows } from '../uploads/read-upload.js';
import { listDamaged, type UploadRow } from '../uploads/upload.js';
import { builder } from './builder.js';
import { Company } from './company.js';
import { type GatewayContext, readReport } from './context.js';
import { ProviderName, toProviderName } from './enums.js';
import { Job } from './job.js';
import { longListType, pageOfArguments, readLongList } from './list.js';
import { FoundPerson } from './people-search.js';
import { Person } from './person.js';
import { Problem } from './problem.js';
import { Charge, Outcome, Receipt } from './receipt.js';
import { writeRecordId } from './record-id.js';
import { toInt } from './scalars.js';

/** What the rows of a page have in common: read at once for all of them, when the first of them needs it. */
type RowPage = {
  input: () => Promise<ReadonlyMap<number, UploadRow>>;
  credits: () => Promise<ReadonlyMap<number, RowCredits>>;
  records: () => Promise<ReadonlyMap<number, RowRecord>>;
  receipts: () => Promise<ReadonlyMap<number, ReceiptShape>>;
};
type JobRowShape = { row: RowResult; page: RowPage };

const JobRow = builder.objectRef<JobRowShape>('JobRow').implement({
  description: 'A row of a job that is finished, with its result.',
  fields: (t) => ({
    number: t.int({
      nullable: false,
      description: 'The number of the row in the list, from 1.',
      resolve: ({ row }) => row.number,
    }),
    line: t.int({
      nullable: false,
      description: 'The line of the file on which the row begins; of inline identifiers, the number.',
      resolve: async (one) => (await inputOf(one)).line,
    }),
    values: t.stringList({
      nullable: false,
      description: "The cells of the row as they were received, in the order of the job's columns.",
      resolve: async (one) => [...(await inputOf(one)).cells],
    }),
    outcome: t.field({
      type: Outcome,
      nullable: false,
      description: 'The outcome. A duplicate has that of the row that it repeats.',
      resolve: ({ row }) => row.outcome,
    }),
    charge: t.field({
      type: Charge,
      nullable: false,
      description: 'The charge when the row was finished. `receipt` has later corrections.',
      resolve: ({ row }) => row.charge,
    }),
    creditsCharged: t.int({
      nullable: false,
      description: 'The credits that the ledger has for the row, corrections included.',
      resolve: async (one) => toInt((await creditsOf(one)).credits),
    }),
    creditsSaved: t.int({
      nullable: false,
      description: 'The credits saved, because the account had unlocked the record.',
      resolve: async (one) => toInt((await creditsOf(one)).saved),
    }),
    provider: t.field({
      type: ProviderName,
      description: 'The provider of the record, or the last that was called; null if none was.',
      resolve: ({ row }) => (row.provider === null ? null : toProviderName(row.provider)),
    }),
    problem: t.field({
      type: Problem,
      description:
        'Why there is no record; null if there is one or if none exists. NOT_FOUND, with the outcome FOUND, says that the record was erased since.',
      resolve: problemOf,
    }),
    duplicateOf: t.int({
      description:
        'The number of the row before it that has the same identifier, and whose result this is; null for other rows.',
      resolve: ({ row }) => row.duplicateOf,
    }),
    receipt: t.field({
      type: Receipt,
      description:
        'What the row cost and who paid, with the attempts of all its runs and later corrections, from the ledger. Null where no lookup was made, as of a duplicate, and where the entries are archived.',
      resolve: async ({ row, page }) => (await page.receipts()).get(row.number),
    }),
    company: t.field({
      type: Company,
      description: 'The company, read from its snapshots; null if there is none, or it was erased.',
      resolve: async ({ row, page }) => {
        const found = (await page.records()).get(row.number);
        if (found?.operation !== 'COMPANY') return null;
        return { ...found, id: writeRecordId(found.parts) };
      },
    }),
    person: t.field({
      type: Person,
      description: 'The person, read from their snapshots; null if there is none, or they were erased.',
      resolve: async ({ row, page }) => {
        const found = (await page.records()).get(row.number);
        if (found?.operation !== 'PERSON') return null;
        return { ...found, id: writeRecordId(found.parts) };
      },
    }),
    people: t.field({
      type: [FoundPerson],
      description: 'The people that a search found at the company; null for other operations.',
      // The rows of searches hold what searchPeople returns.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      resolve: ({ row }) => row.people as FoundPersonShape[] | null,
    }),
  }),
});

const inputOf = async ({ row, page }: JobRowShape): Promise<UploadRow> => {
  const input = (await page.input()).get(row.number);
  if (input === undefined) throw listDamaged();
  return input;
};

const creditsOf = async ({ row, page }: JobRowShape): Promise<RowCredits> =>
  (await page.credits()).get(row.number) ?? row;

const problemOf = async ({ row, page }: JobRowShape): Promise<ProblemShape | null> => {
  if (row.problem !== null && isProblemCode(row.problem)) return problem(row.problem, row.message ?? '');
  if (row.snapshots.length === 0) return null;
  const record = (await page.records()).get(row.number);
  return record?.operation === null ? problem('NOT_FOUND', missingRecord[record.missing]) : null;
};

const JobRowConnection = longListType('JobRow', JobRow, 'rows of a job');

builder.objectField(Job, 'results', (t) =>
  t.field({
    type: JobRowConnection,
    nullable: false,
    description:
      'Its finished rows, in the order of the list. While it runs, rows may be finished before earlier ones.',
    args: {
      first: t.arg.int({ defaultValue: 50, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
      outcome: t.arg({ type: Outcome, description: 'Only rows with this outcome.' }),
    },
    resolve: async (job, args, context) => {
      const wanted = { ...pageOfArguments(args, 50), outcome: args.outcome ?? null };
      const list = await readLongList(
        context,
        args.after,
        ({ database }) => listResults(database, job, wanted),
        // What a job has just done is to be seen.
        { primary: true },
      );
      const page = openPage(context, job, list.items);
      return { ...list, items: list.items.map((row) => ({ row, page })) };
    },
  }),
);

const openPage = (context: GatewayContext, job: JobOfRows, rows: readonly RowResult[]): RowPage => {
  const { providers, clock } = context.app;
  const read = <Result>(page: (database: Database) => Promise<Result>) =>
    once(() => readReport(context, ({ database }) => page(database), { notBefore: clock.now() }));
  const records = read((database) => readRowRecords({ database, providers }, job, rows));
  return {
    input: read(async (database) => {
      const numbers = rows.map(({ number }) => number);
      const input = await readUploadRows(database, job, numbers);
      return new Map(input.map((row) => [row.number, row]));
    }),
    credits: read((database) => readRowCredits(database, job, rows)),
    records,
    receipts: once(async () => {
      const found = await records();
      return await readReport(
        context,
        ({ database }) => readRowReceipts(database, job, rows, (number) => found.get(number)),
        { notBefore: clock.now() },
      );
    }),
  };
};

const once = <Result>(read: () => Promise<Result>): (() => Promise<Result>) => {
  let done: Promise<Result> | null = null;
  return () => (done ??= read());
};
