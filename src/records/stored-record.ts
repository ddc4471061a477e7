import type { CompanyRecord, PersonRecord } from '../providers/records.js';

/** How each provider reads a stored body with today's code; null where it is not a record. */
type Reader = {
  readCompany: (raw: unknown) => { record: CompanyRecord } | null;
  readPerson: (raw: unknown) => { record: PersonRecord } | null;
};
export type RecordReaders = Readonly<Record<string, Reader>>;

/** A company or person in a snapshot. */
export type StoredRecord =
  | { operation: 'COMPANY'; record: CompanyRecord; raw: unknown }
  | { operation: 'PERSON'; record: PersonRecord; raw: unknown };

/** The record in the body of a snapshot; null where this release cannot read it. */
export const readStoredRecord = (
  readers: RecordReaders,
  { operation, provider, body }: { operation: string; provider: string; body: string },
): StoredRecord | null => {
  const reader = readers[provider];
  const raw = parse(body);
  if (reader === undefined) return null;
  if (operation === 'COMPANY') {
    const read = reader.readCompany(raw);
    return read === null ? null : { operation, record: read.record, raw };
  }
  const read = operation === 'PERSON' ? reader.readPerson(raw) : null;
  return read === null ? null : { operation: 'PERSON', record: read.record, raw };
};

/** Null for malformed JSON: the parser's error would quote the text. */
const parse = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};
