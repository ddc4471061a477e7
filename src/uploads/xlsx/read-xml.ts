import { SaxesParser } from 'saxes';
import { brokenWorkbook } from './broken-workbook.js';

export type XmlHandler = {
  /** The name without its prefix. Attributes have theirs. */
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

/** The parser keeps a text until its tag ends, and no text of a workbook is this long. */
const quietBytesMax = 8_000_000;
/** It keeps the tags that are open, too. */
const depthMax = 100;

/**
 * Reads XML piece by piece: call `write` for each, and `end`. Entities are the five of XML and numbers only, so a document
 * cannot grow. Throws INVALID_INPUT where it is not well-formed.
 */
export const createXmlReader = (
  handler: XmlHandler,
): { write: (bytes: Uint8Array) => void; end: () => void } => {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let decoder: TextDecoder | null = null;
  let quietBytes = 0;
  let depth = 0;
  parser.on('opentag', ({ name, attributes }) => {
    quietBytes = 0;
    depth += 1;
    if (depth > depthMax) throw brokenWorkbook();
    handler.open?.(withoutPrefix(name), attributes);
  });
  parser.on('text', (text) => handler.text?.(text));
  parser.on('cdata', (text) => handler.text?.(text));
  parser.on('closetag', ({ name }) => {
    quietBytes = 0;
    depth -= 1;
    handler.close?.(withoutPrefix(name));
  });
  parser.on('error', (error) => {
    throw brokenWorkbook(error);
  });
  return {
    write: (bytes) => {
      decoder ??= new TextDecoder(encodingOf(bytes));
      quietBytes += bytes.length;
      if (quietBytes > quietBytesMax) throw brokenWorkbook();
      parser.write(decoder.decode(bytes, { stream: true }));
    },
    end: () => {
      parser.close();
    },
  };
};

const withoutPrefix = (name: string): string => {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
};

const encodingOf = ([first, second]: Uint8Array): string =>
  first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
