import { wideEncodingOf } from './wide-encoding.js';

/** What the first bytes of a file show: a text, a ZIP archive, as workbooks are, or what certainly is no table. */
export type FileKind = 'TEXT' | 'ZIP' | NoTable;

/** What the file is ("a PDF document"), and what to do to send its table ("export the table as CSV or XLSX"). */
export type NoTable = { name: string; advice: string };

/** How many bytes `kindOfFile` looks at. */
export const sniffBytes = 4_096;

/** Of a file, of an empty archive, and of one in parts: the first header of a table may be PK. */
const zipSignatures = [
  [0x50, 0x4b, 3, 4],
  [0x50, 0x4b, 5, 6],
  [0x50, 0x4b, 7, 8],
];

type Signature = NoTable & { bytes: readonly number[] };

const saveAsCsv = 'save it as CSV or XLSX, and send that';
const signatures: readonly Signature[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46], name: 'a PDF document', advice: `export the table as CSV or XLSX` },
  { bytes: [0x89, 0x50, 0x4e, 0x47], name: 'a PNG image', advice: 'send the table as CSV or XLSX' },
  { bytes: [0xff, 0xd8, 0xff], name: 'a JPEG image', advice: 'send the table as CSV or XLSX' },
  { bytes: [0x47, 0x49, 0x46, 0x38], name: 'a GIF image', advice: 'send the table as CSV or XLSX' },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    name: 'a workbook of Excel 97-2003 (.xls), or one with a password',
    advice: 'save it as XLSX without a password, or as CSV',
  },
  { bytes: [0x1f, 0x8b], name: 'a gzip archive', advice: unpack('Content-Encoding: gzip') },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], name: 'a Zstandard archive', advice: unpack() },
  { bytes: [0x42, 0x5a, 0x68], name: 'a bzip2 archive', advice: unpack() },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], name: 'an xz archive', advice: unpack() },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], name: 'a 7z archive', advice: unpack() },
  { bytes: [0x52, 0x61, 0x72, 0x21], name: 'a RAR archive', advice: unpack() },
  { bytes: [0x50, 0x41, 0x52, 0x31], name: 'a Parquet file', advice: 'export it as CSV' },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], name: 'an RTF document', advice: saveAsCsv },
  { bytes: [0xff, 0xfe, 0, 0], name: 'a text in UTF-32', advice: 'save it as UTF-8, and send that' },
  { bytes: [0, 0, 0xfe, 0xff], name: 'a text in UTF-32', advice: 'save it as UTF-8, and send that' },
];

function unpack(header: string | null = null): string {
  const sent = header === null ? '' : `, or send it with the header ${header}`;
  return `unpack it, and send the table that is in it${sent}`;
}

/** What a file is by its first bytes, `sniffBytes` of them or all. */
export const kindOfFile = (head: Uint8Array): FileKind => {
  if (zipSignatures.some((bytes) => startsWith(head, bytes))) return 'ZIP';
  const signature = signatures.find(({ bytes }) => startsWith(head, bytes));
  if (signature !== undefined) return { name: signature.name, advice: signature.advice };
  const isWide = startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff]);
  const start = new TextDecoder('latin1').decode(head.subarray(0, 512)).replace(/^ï»¿/, '').trimStart();
  if (/^<(?:!doctype html|html|table|head|body)\b/i.test(start))
    return { name: 'an HTML page', advice: saveAsCsv };
  if (start.startsWith('<?xml')) return { name: 'an XML document', advice: saveAsCsv };
  if (/^(?:\[?\s*\{\s*"|\[\s*["[])/.test(start))
    return { name: 'JSON', advice: 'send CSV or XLSX, or the identifiers with createJob' };
  if (!isWide && controlsIn(head) > head.length / 10 && wideEncodingOf(head) === null)
    return { name: 'a binary file', advice: saveAsCsv };
  return 'TEXT';
};

const startsWith = (bytes: Uint8Array, prefix: readonly number[]): boolean =>
  prefix.every((byte, index) => bytes[index] === byte);

/** Control characters that no text has, NUL among them. */
const controlsIn = (bytes: Uint8Array): number =>
  bytes.reduce((count, byte) => (byte < 32 && ![9, 10, 12, 13].includes(byte) ? count + 1 : count), 0);
