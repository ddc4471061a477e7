import { jobChunks, jobRows, jobs, uploadChunks, uploads } from '../../schema/tables/index.js';
import { companyLookupKey, personLookupKey } from '../../src/enrichment/identifiers/record-keys.js';
import { unlimited } from '../../src/enrichment/allowance.js';
import {
  type CompanyKey,
  type LookupOptions,
  type LookupRequest,
  type PersonKey,
  newCounts,
} from '../../src/enrichment/lookup-request.js';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import { newId } from '../../src/platform/ids.js';
import type { TestGateway } from '../http/start-gateway.js';

export type Row = {
  cells: readonly string[];
  /** Looked up for real, under the job and the number of the row. Absent: the row is not finished. */
  by?: CompanyKey | PersonKey;
  options?: LookupOptions;
  /** Fields of the result instead of those of a lookup. */
  result?: Partial<typeof jobRows.$inferInsert>;
};

export type MadeJob = { id: string; publicId: string };

/** A job as the engine leaves it, with real lookups: entries, unlocks and snapshots are those of the sandbox. */
export const makeJob = async (
  gateway: TestGateway,
  {
    operation = 'COMPANY',
    headers,
    rows,
    chunkRows = 500,
    token = gateway.token,
  }: {
    operation?: 'COMPANY' | 'PERSON' | 'PEOPLE_SEARCH';
    headers: readonly string[];
    rows: readonly Row[];
    chunkRows?: number;
    token?: string;
  },
): Promise<MadeJob> => {
  const { database } = gateway.context;
  const caller = await gateway.context.findCaller(token);
  const { workspaceId, tokenId } = caller;
  const id = newId();
  const uploadId = newId();
  await database.db.insert(uploads).values({
    workspaceId,
    id: uploadId,
    tokenId,
    format: 'CSV',
    columns: [...headers],
    rows: rows.length,
    completedAt: new Date(),
  });
  await database.db.insert(jobs).values({
    workspaceId,
    id,
    tokenId,
    name: 'Results',
    operation,
    uploadId,
    mapping: [{ column: 0, identifier: 'DOMAIN' }],
    // Not RUNNING: the engine of the gateway would go on with it.
    state: 'PAUSED',
    pauseCode: 'BY_USER',
    rows: rows.length,
  });
  for (let number = 0; number * chunkRows < rows.length; number += 1) {
    const firstRow = number * chunkRows + 1;
    const own = rows.slice(firstRow - 1, firstRow - 1 + chunkRows);
    await database.db.insert(uploadChunks).values({
      workspaceId,
      uploadId,
      number,
      firstRow,
      rowCount: own.length,
      rows: JSON.stringify(own.map(({ cells }, index) => [firstRow + index + 1, ...cells])),
    });
    const isDone = own.every(({ by, result }) => by !== undefined || result !== undefined);
    await database.db
      .insert(jobChunks)
      .values({ workspaceId, jobId: id, number, state: isDone ? 'DONE' : 'WAITING' });
  }
  for (const [index, row] of rows.entries()) {
    const number = index + 1;
    if (row.by === undefined && row.result === undefined) continue;
    const request: LookupRequest = {
      caller,
      requestId: null,
      callerKeys: {},
      workflow: null,
      maySpend: true,
      allowance: unlimited,
      ...newCounts(),
      job: { id, row: number },
    };
    const looked =
      row.by === undefined
        ? null
        : operation === 'PERSON'
          ? await gateway.context.lookUpPerson(request, row.by, row.options ?? {})
          : await gateway.context.lookUpCompany(request, row.by, row.options ?? {});
    await database.db.insert(jobRows).values({
      workspaceId,
      jobId: id,
      number,
      outcome: 'NOT_FOUND',
      charge: 'NONE',
      credits: 0n,
      saved: 0n,
      ...(looked === null ? {} : await resultOf(gateway, looked)),
      ...row.result,
    });
  }
  return { id, publicId: `job_${id}` };
};

const resultOf = async (
  gateway: TestGateway,
  { outcome, receipt, problem, parts }: LookupResult<unknown>,
) => {
  const snapshots: { unlockId: string; variant: string }[] = [];
  for (const { id, variant } of parts) {
    const keys = [companyLookupKey({ kind: 'id', value: id }), personLookupKey({ kind: 'id', value: id })];
    const [unlock] = await gateway.context.database.sql<{ id: string }[]>`
      select u.id from unlocks u join snapshots s on s.workspace_id = u.workspace_id and s.unlock_id = u.id
      where u.record_key in ${gateway.context.database.sql(keys)} and s.variant = ${variant} order by u.id desc limit 1`;
    if (unlock === undefined) throw new Error(`no snapshot of ${id}`);
    snapshots.push({ unlockId: unlock.id, variant });
  }
  return {
    outcome,
    charge: receipt.charge,
    credits: receipt.creditsCharged,
    saved: receipt.creditsSaved,
    lookupId: receipt.id,
    provider: receipt.provider,
    problem: problem?.code ?? null,
    message: problem?.message ?? null,
    snapshots,
  };
};

/** Downloads a file of results. */
export const download = async (
  gateway: TestGateway,
  file: string,
  { token = gateway.token, method = 'GET' }: { token?: string; method?: string } = {},
) => {
  const response = await fetch(`${gateway.url}/export/jobs/${file}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString('utf8') };
};
