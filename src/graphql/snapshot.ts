import { mergeRecords } from '../enrichment/merge-records.js';
import { countries } from '../providers/provider.js';
import type { CompanyRecord, PersonRecord } from '../providers/records.js';
import type { Snapshot as SnapshotShape } from '../records/snapshots.js';
import { readStoredRecord } from '../records/stored-record.js';
import { builder } from './builder.js';
import { Company } from './company.js';
import { Country, toProviderName } from './enums.js';
import type { RecordShape } from './lookup-result.js';
import { Person } from './person.js';
import { writeRecordId } from './record-id.js';

export const Snapshot = builder.objectRef<SnapshotShape>('Snapshot').implement({
  description: 'What is stored of an unlocked record. Reading it calls no provider and costs nothing.',
  fields: (t) => ({
    fetchedAt: t.expose('fetchedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was fetched.',
    }),
    country: t.field({
      type: Country,
      description: 'The country of its figures; null if they are the same for every country.',
      resolve: ({ variant }) => countries.find((country) => country === variant) ?? null,
    }),
    company: t.field({
      type: Company,
      description: 'The company; null if it is a person, or cannot be read.',
      resolve: (snapshot, _args, { app }) => {
        const stored = readStoredRecord(app.providers, snapshot);
        return stored?.operation === 'COMPANY' ? shapeOf<CompanyRecord>(snapshot, stored) : null;
      },
    }),
    person: t.field({
      type: Person,
      description: 'The person; null if it is a company, or cannot be read.',
      resolve: (snapshot, _args, { app }) => {
        const stored = readStoredRecord(app.providers, snapshot);
        return stored?.operation === 'PERSON' ? shapeOf<PersonRecord>(snapshot, stored) : null;
      },
    }),
  }),
});

const shapeOf = <Found extends CompanyRecord | PersonRecord>(
  { variant, provider }: SnapshotShape,
  { record, raw }: { record: Found; raw: unknown },
): RecordShape<Found> => {
  const part = { id: record.id, variant };
  const { sources } = mergeRecords(null, { record, provider: toProviderName(provider), part });
  return { id: writeRecordId([part]), record, raw: () => raw, sources };
};
