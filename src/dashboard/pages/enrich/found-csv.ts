import { stringify } from 'csv-stringify/browser/esm/sync';
import type { RecordKind } from './read-keys.js';
import type { Found } from './wanted.js';

type Cells = Record<string, string | number | null | undefined>;

/** The results as a CSV file that spreadsheets read as text: formulas are escaped, and it has a byte order mark for Excel. */
export const foundCsv = (found: readonly Found[], kind: RecordKind): string =>
  stringify(
    found.map((one) => ({
      identifier: one.text,
      outcome: one.outcome,
      ...(kind === 'COMPANY' ? companyCells(one) : personCells(one)),
      creditsCharged: one.receipt.creditsCharged,
      creditsSaved: one.receipt.creditsSaved,
      provider: one.receipt.provider,
      sandbox: String(one.receipt.sandbox),
      problem: one.problem?.message,
    })),
    { header: true, bom: true, escape_formulas: true, record_delimiter: 'windows' },
  );

const companyCells = ({ company }: Found): Cells => ({
  recordId: company?.recordId,
  name: company?.name,
  domain: company?.domain ?? company?.website,
  linkedin: company?.linkedin,
  abn: company?.identifiers?.abn,
  employeeCount: company?.employeeCount,
  industries: company?.industries?.join('; '),
  hqLocation: company?.hqLocation,
  phones: company?.phones?.join('; '),
});

const personCells = ({ person }: Found): Cells => ({
  recordId: person?.recordId,
  name: person?.name,
  position: person?.position,
  company: person?.company?.name,
  linkedin: person?.linkedin,
  workEmails: person?.emails?.work.map(({ value }) => value).join('; '),
  personalEmails: person?.emails?.personal.map(({ value }) => value).join('; '),
  phones: person?.phones.map(({ number }) => number).join('; '),
  doNotCall: person?.phones
    .map(({ isDoNotCall }) => (isDoNotCall === null ? 'unknown' : String(isDoNotCall)))
    .join('; '),
});
