import type { GraphQLSchema } from 'graphql';
import { idOfFilter, toPublicId } from '../access/public-ids.js';
import type { GatewayApp } from '../graphql/context.js';
import { readFieldList } from '../graphql/field-list.js';
import { writeRecordId } from '../graphql/record-id.js';
import type { ResultsDeps } from '../jobs/exports/export-results.js';
import { readStoredRecord } from '../records/stored-record.js';
import type { ExportDeps } from '../usage/exports/table.js';

/** What exports need of the gateway. */
export const exportDeps = (
  app: GatewayApp,
  config: { snapshotMaxAgeSeconds: number },
): Omit<ExportDeps, 'read'> => ({
  catchUp: app.recordWords.catchUp,
  showId: toPublicId,
  readId: idOfFilter,
  readCompany: (provider, body) => {
    const stored = readStoredRecord(app.providers, { operation: 'COMPANY', provider, body });
    return stored?.operation === 'COMPANY' ? stored.record : null;
  },
  readPerson: (provider, body) => {
    const stored = readStoredRecord(app.providers, { operation: 'PERSON', provider, body });
    return stored?.operation === 'PERSON' ? stored.record : null;
  },
  snapshotsKept: config.snapshotMaxAgeSeconds > 0,
});

/** What the exports of the results of jobs need besides. */
export const resultsDeps = (
  { providers }: Pick<GatewayApp, 'providers'>,
  schema: GraphQLSchema,
): Omit<ResultsDeps, 'read' | 'showId'> => ({
  providers,
  recordIdOf: writeRecordId,
  readFields: (operation, text) => readFieldList(schema, typeNames[operation], text),
});

const typeNames = { COMPANY: 'Company', PERSON: 'Person', PEOPLE_SEARCH: 'FoundPerson' } as const;
