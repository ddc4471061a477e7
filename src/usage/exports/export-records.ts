import { authorize } from '../../access/caller.js';
import { GatewayError } from '../../errors.js';
import type { UnlockFilter } from '../unlock.js';
import { companyFields } from './company-fields.js';
import { personFields } from './person-fields.js';
import { readPages, type WithCursor } from './read-pages.js';
import { readRecords, type RecordRow } from './read-records.js';
import { readUnlocks, unlockFields } from './read-unlocks.js';
import type { Column, Export } from './table.js';
import { writePages } from './write-pages.js';

// A copy can be as large as UPSTREAM_BODY_BYTES_MAX.
const rowsPerPage = 50;

type Row = WithCursor<RecordRow>;

/**
 * The records that are ours, newest first, each from its newest copy; costs nothing and writes no entry. Without a
 * copy a row tells its id and price alone. In CSV the fields stand side by side, which takes an `operation`; NDJSON has
 * the whole record. Every phone carries `isDoNotCall`, empty where it is not known. Throws FORBIDDEN or BAD_REQUEST.
 */
export const exportRecords: Export<{ filter: UnlockFilter }> = async (deps, caller, input) => {
  authorize(caller, 'read');
  const fields = input.format === 'csv' ? flatFields(input.filter.operation) : wholeRecord;
  const reading = readRecords(deps, caller, readUnlocks(deps.database, caller, input.filter, rowsPerPage));
  const columns = [...unlockFields(deps), ...copyFields, ...fields, cursorField];
  return writePages(input.format, columns, await readPages(input.after, reading));
};

const copyFields: readonly Column<Row>[] = [
  { name: 'fetchedAt', value: ({ copy }) => copy?.fetchedAt ?? null },
  // Copies of a company are kept by country; those of a person are the same everywhere.
  { name: 'country', value: ({ copy }) => (copy === null || copy.variant === '' ? null : copy.variant) },
];

const cursorField: Column<Row> = { name: 'cursor', value: ({ cursor }) => cursor };

const wholeRecord: readonly Column<Row>[] = [
  { name: 'record', value: ({ company, person }) => company ?? person },
];

const flatFields = (operation: string | null | undefined): readonly Column<Row>[] => {
  if (operation === 'COMPANY') return fieldsOf(companyFields, ({ company }) => company);
  if (operation === 'PERSON') return fieldsOf(personFields, ({ person }) => person);
  throw new GatewayError(
    'BAD_REQUEST',
    'Companies and people have different columns: add operation=COMPANY or operation=PERSON, or ask for records.ndjson.',
    { field: ['operation'] },
  );
};

const fieldsOf = <Of>(fields: readonly Column<Of>[], recordOf: (row: Row) => Of | null): Column<Row>[] =>
  fields.map(({ name, value }) => ({
    name,
    value: (row) => {
      const record = recordOf(row);
      return record === null ? null : value(record);
    },
  }));
