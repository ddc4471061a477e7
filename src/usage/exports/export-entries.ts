import { and } from 'drizzle-orm';
import { entries } from '../../../schema/tables/index.js';
import { authorize } from '../../access/caller.js';
import { refuseArchived } from '../../ledger/archived-entries.js';
import {
  afterPosition,
  type Entry,
  entryColumns,
  entryCursors,
  entryInstant,
  newestFirst,
} from '../entry.js';
import { type EntryFilter, matchingEntries } from '../entry-filter.js';
import { createNaming, type WithNames } from './names.js';
import { readPages, type WithCursor } from './read-pages.js';
import { chooseColumns, type Column, type Export, type ExportDeps } from './table.js';
import { writePages } from './write-pages.js';

// A page of a thousand rows would block the process for about 30 ms.
const rowsPerPage = 500;

type Row = WithCursor<WithNames<Entry>>;

/**
 * The entries that match the filter, newest first, with the cursors of the API's `entries`. An entry that is written during
 * the export is included only if its time is not read yet, as with corrections of earlier entries. Throws FORBIDDEN, or
 * BAD_REQUEST for the filter or the cursor.
 */
export const exportEntries: Export<{ filter: EntryFilter }> = async (deps, caller, input) => {
  authorize(caller, 'read');
  const wanted = matchingEntries(caller, input.filter);
  const chosen = chooseColumns(columnsWith(deps), input.columns);
  const withNames = createNaming(caller);
  const pages = await readPages(deps, input.after, {
    cursors: entryCursors,
    rowsPerPage,
    read: async (database, position, rowsMax) => {
      const rows = await refuseArchived(async () =>
        database.db
          .select({ ...entryColumns, instant: entryInstant })
          .from(entries)
          .where(and(wanted, afterPosition(position)))
          .orderBy(...newestFirst)
          .limit(rowsMax),
      );
      return withNames(database, rows);
    },
    positionOf: ({ instant, id }) => [instant, id],
  });
  return writePages(input.format, chosen, pages);
};

const columnsWith = ({ showId }: ExportDeps): Column<Row>[] => [
  { name: 'id', value: ({ id }) => showId('entry', id) },
  { name: 'kind', value: ({ kind }) => kind },
  { name: 'occurredAt', value: ({ occurredAt }) => occurredAt },
  { name: 'recordedAt', value: ({ recordedAt }) => recordedAt },
  {
    name: 'correctsEntryId',
    value: ({ correctsEntryId }) => (correctsEntryId === null ? null : showId('entry', correctsEntryId)),
  },
  { name: 'lookupId', value: ({ lookupId }) => showId('entry', lookupId) },
  { name: 'step', value: ({ step }) => step },
  { name: 'operation', value: ({ operation }) => operation },
  { name: 'outcome', value: ({ outcome }) => outcome },
  { name: 'charge', value: ({ charge }) => charge },
  { name: 'creditsCharged', value: ({ creditsCharged }) => creditsCharged },
  { name: 'creditsSaved', value: ({ creditsSaved }) => creditsSaved },
  { name: 'provider', value: ({ provider }) => provider },
  {
    name: 'connectionId',
    value: ({ connectionId }) => (connectionId === null ? null : showId('connection', connectionId)),
  },
  { name: 'connection', value: ({ connectionName }) => connectionName },
  { name: 'payer', value: ({ payer }) => payer },
  { name: 'tokenId', value: ({ tokenId }) => showId('token', tokenId) },
  { name: 'token', value: ({ tokenName }) => tokenName },
  { name: 'workflow', value: ({ workflow }) => workflow },
  { name: 'sandbox', value: ({ sandbox }) => sandbox },
  { name: 'fromSnapshot', value: ({ fromSnapshot }) => fromSnapshot },
  { name: 'unlockId', value: ({ unlockId }) => (unlockId === null ? null : showId('unlock', unlockId)) },
  { name: 'jobId', value: ({ jobId }) => (jobId === null ? null : showId('job', jobId)) },
  { name: 'jobRow', value: ({ jobRow }) => jobRow },
  { name: 'problem', value: ({ problem }) => problem },
  { name: 'latencyMs', value: ({ latencyMs }) => latencyMs },
  { name: 'cursor', value: ({ cursor }) => cursor },
];
