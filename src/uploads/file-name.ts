import { redactMarked } from '../platform/redact-credentials.js';

const lengthMax = 200;

/**
 * A file name as it is stored and shown: without folders and control characters, of at most 200 characters. Keys and tokens
 * in it are cut. Null for a name of which nothing is left.
 */
export const cleanFileName = (name: string | null): string | null => {
  const own = (name ?? '').replace(/^.*[/\\]/s, '').replaceAll(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, '');
  const bare = redactMarked(own).trim();
  return bare === '' ? null : bare.slice(0, lengthMax).replace(/[\ud800-\udbff]$/, '');
};

/**
 * The file name of a Content-Disposition header: `filename*` of RFC 8187 before `filename`. Null where it has none, or none that
 * can be read.
 */
export const fileNameOf = (contentDisposition: string | undefined): string | null => {
  const header = contentDisposition ?? '';
  const [, encoded] = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header) ?? [];
  const decoded = encoded === undefined ? null : percentDecoded(encoded);
  if (decoded !== null) return decoded;
  const [, quoted, bare] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header) ?? [];
  const written = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare;
  if (written === undefined) return null;
  // Node.js reads headers as Latin-1, and clients send UTF-8.
  const utf8 = Buffer.from(written, 'latin1').toString('utf8');
  return utf8.includes('\ufffd') ? written : utf8;
};

const percentDecoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};
