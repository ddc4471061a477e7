/**
 * JSON text that PostgreSQL takes: it refuses the escapes of NUL and of lone surrogates, which JSON allows. They
 * become U+FFFD; a record that was paid for is not lost to a stray character. Expects what JSON.stringify writes.
 */
export const storableJson = (json: string): string =>
  json.includes('\\u')
    ? json.replace(/\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g, (escape) =>
        escape === '\\\\' ? escape : '\\ufffd',
      )
    : json;
