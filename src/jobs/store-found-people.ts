import { and, asc, eq, gt, isNotNull, isNull } from 'drizzle-orm';
import { jobRows } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import { fromPublicId } from '../access/public-ids.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { RecordField } from '../providers/provider.js';
import type { FoundPerson } from '../providers/records.js';
import { readUploadRows } from '../uploads/read-upload.js';
import { openChunkStore } from '../uploads/store-chunks.js';
import type { ColumnMapping, Upload } from '../uploads/upload.js';
import type { Job, JobOperation } from './job.js';
import { getJob } from './read-jobs.js';
import { readHeaders } from './read-rows.js';

type Deps = { database: Pick<Database, 'db'>; uploadStoredBytesMax: number };

const rowsAtOnce = 200;

/** The columns of a person, after those of the list that was searched. */
const personColumns = ['personId', 'personPosition', 'personCompany', 'personLinkedin'] as const;

/** What a search says of the fields of a person's record; null where it does not say. */
const hasField: Partial<Record<RecordField, (person: FoundPerson) => boolean | null>> = {
  EMAIL: ({ hasEmail, hasPersonalEmail }) => either(hasEmail, hasPersonalEmail),
  WORK_EMAIL: ({ hasEmail }) => hasEmail,
  PERSONAL_EMAIL: ({ hasPersonalEmail }) => hasPersonalEmail,
  PHONE: ({ hasPhone, hasMobile }) => either(hasPhone, hasMobile),
  LINKEDIN: ({ linkedin }) => linkedin !== null,
  POSITION: ({ position }) => position !== null,
};

const either = (one: boolean | null, other: boolean | null): boolean | null =>
  one === true || other === true ? true : one === null || other === null ? null : false;

/**
 * Stores the people that a job of PEOPLE_SEARCH has found as a list, with the columns of the searched list and those of each
 * person, so that a job can look them up. `require`: people of whom the search says that one of these fields is missing are
 * left out, because their records would be paid for in vain. The memory that it takes does not grow with the list.
 * Throws NOT_FOUND, INVALID_INPUT with the field where there is nobody to look up, and LIMIT_EXCEEDED.
 */
export const storeFoundPeople = async (
  deps: Deps,
  caller: Caller,
  {
    operation,
    source,
    require,
  }: { operation: JobOperation; source: string; require: readonly RecordField[] },
): Promise<{ upload: Upload; mapping: ColumnMapping[] }> => {
  const job = await getJob(deps, caller, fromPublicId('job', source));
  if (job === null) throw noSuchJob();
  checkSource(operation, job);
  const tests = require.map(testOf);
  const { db } = deps.database;
  const headers = await readHeaders({ db }, job);
  const store = await openChunkStore({ db }, caller, {
    format: 'LIST',
    charactersMax: Number.POSITIVE_INFINITY,
    storedBytesMax: deps.uploadStoredBytesMax,
  });
  try {
    let line = 0;
    for await (const { cells, people } of searchedRows(deps, job)) {
      for (const person of people) {
        if (tests.some((has) => has(person) === false)) continue;
        line += 1;
        const own = [person.id, person.position ?? '', person.companyName ?? '', person.linkedin ?? ''];
        await store.add({ line, cells: [...headers.map((_, at) => cells[at] ?? ''), ...own] });
      }
    }
    if (line === 0) throw nobodyFound();
    const columns = [...headers, ...personColumns];
    const none = { fileName: null, encoding: null, separator: null, bytes: 0, faultCount: 0, faults: [] };
    const upload = await store.complete({ ...none, format: 'LIST', columns });
    const [id, linkedin] = [headers.length, headers.length + personColumns.indexOf('personLinkedin')];
    return {
      upload,
      mapping: [
        { column: id, identifier: 'ID' },
        { column: linkedin, identifier: 'LINKEDIN' },
      ],
    };
  } catch (error) {
    // What is left of an upload that is not complete is deleted by itself.
    await store.discard().catch(() => {});
    throw error;
  }
};

/** The rows with the people that were found there, in their order. A duplicate would only repeat its people. */
async function* searchedRows(
  { database: { db } }: Deps,
  job: Job,
): AsyncGenerator<{ cells: readonly string[]; people: FoundPerson[] }, void, undefined> {
  for (let after = 0; ; ) {
    const rows = await db
      .select({ number: jobRows.number, people: jobRows.people })
      .from(jobRows)
      .where(
        and(
          eq(jobRows.workspaceId, job.workspaceId),
          eq(jobRows.jobId, job.id),
          gt(jobRows.number, after),
          isNotNull(jobRows.people),
          isNull(jobRows.duplicateOf),
        ),
      )
      .orderBy(asc(jobRows.number))
      .limit(rowsAtOnce);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.number;
    const numbers = rows.map(({ number }) => number);
    const input = await readUploadRows({ db }, job, numbers);
    const cellsOf = new Map(input.map(({ number, cells }) => [number, cells]));
    for (const { number, people } of rows) {
      // The rows of searches hold what searchPeople returns.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      yield { cells: cellsOf.get(number) ?? [], people: (people ?? []) as FoundPerson[] };
    }
  }
}

const checkSource = (operation: JobOperation, job: Job): void => {
  if (operation !== 'PERSON')
    throw invalid(['operation'], 'The people that a job found are looked up by a job of PERSON.');
  if (job.operation !== 'PEOPLE_SEARCH')
    throw invalid(['source', 'job'], 'This job searched no people: name a job of PEOPLE_SEARCH.');
  if (job.state === 'QUEUED' || job.state === 'RUNNING')
    throw invalid(['source', 'job'], 'This job still searches: wait until it has ended, or pause it.');
};

const testOf = (field: RecordField): ((person: FoundPerson) => boolean | null) => {
  const test = hasField[field];
  if (test !== undefined) return test;
  throw invalid(
    ['require'],
    `A search does not say whether a person has ${field}: use ${Object.keys(hasField).join(', ')}.`,
  );
};

const noSuchJob = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'This workspace has no such job, or this token may not see it: name another one.',
    {
      field: ['source', 'job'],
    },
  );

const nobodyFound = (): GatewayError =>
  invalid(
    ['source', 'job'],
    'This job found nobody with the required fields: search again, or require less.',
  );

const invalid = (field: string[], message: string): GatewayError =>
  new GatewayError('INVALID_INPUT', message, { field });
