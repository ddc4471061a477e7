import { and, eq } from 'drizzle-orm';
import { uploads } from '../../schema/tables/index.js';
import type { LookupRequest } from '../enrichment/lookup-request.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import type { RecordField } from '../providers/provider.js';
import type { Providers } from '../providers/catalogue.js';
import { getUpload, readProposal } from '../uploads/read-upload.js';
import type { ColumnMapping, Upload } from '../uploads/upload.js';
import type { JobOperation } from './job.js';
import { identifiersOf, type JobSource, readMapping } from './job-source.js';
import { storeFoundPeople } from './store-found-people.js';

/**
 * The list of a job that is a file, or what another job found, and which of its columns have identifiers: those that are named,
 * else those that POST /uploads proposed. Throws NOT_FOUND, and INVALID_INPUT for a list that is empty or has no identifiers.
 */
export const readSource = async (
  deps: { database: Pick<Database, 'db'>; providers: Providers; uploadStoredBytesMax: number },
  { caller }: LookupRequest,
  {
    operation,
    source,
    require,
  }: { operation: JobOperation; source: JobSource; require: readonly RecordField[] },
): Promise<{ upload: Upload; mapping: ColumnMapping[] }> => {
  if (source.job != null)
    return await storeFoundPeople(deps, caller, { operation, source: source.job, require });
  const upload = await getUpload(deps, caller, source.upload?.id ?? '');
  if (upload.rows === 0) {
    throw new GatewayError('INVALID_INPUT', 'The file has no rows: send one with at least one.', {
      field: ['source', 'upload', 'id'],
    });
  }
  const columns = source.upload?.columns ?? null;
  if (columns !== null) return { upload, mapping: readMapping(operation, upload.columns, columns) };
  const { mapping } = await readProposal(deps, upload, operation === 'PERSON' ? 'PERSON' : 'COMPANY');
  const usable = mapping.filter(({ identifier }) => identifiersOf[operation].includes(identifier));
  if (usable.length > 0) return { upload, mapping: usable };
  throw new GatewayError(
    'INVALID_INPUT',
    `No column of the file was recognized as an identifier of ${operation === 'PERSON' ? 'people' : 'companies'}: name its column (source.upload.columns, or --by on the command line).`,
    { field: ['source', 'upload', 'columns'] },
  );
};

/** The upload is not deleted as unused while a job of it is created. */
export const holdUpload = async (tx: Pick<Drizzle, 'select'>, { workspaceId, id }: Upload): Promise<void> => {
  const [held] = await tx
    .select({ id: uploads.id })
    .from(uploads)
    .where(and(eq(uploads.workspaceId, workspaceId), eq(uploads.id, id)))
    .for('share');
  if (held !== undefined) return;
  throw new GatewayError('NOT_FOUND', 'The upload has just been deleted: send the file again.', {
    field: ['source', 'upload', 'id'],
  });
};
