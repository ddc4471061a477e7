/** A header's text as it was written: HTTP carries its bytes as Latin-1, so UTF-8 is decoded back. */
export const decodeHeader = (header: string): string => {
  const bytes = Buffer.from(header, 'latin1');
  const utf8 = bytes.toString('utf8');
  return Buffer.from(utf8, 'utf8').equals(bytes) ? utf8 : header;
};
