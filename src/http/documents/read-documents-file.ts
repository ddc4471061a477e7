import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { GatewayError } from '../../errors.js';
import { redactCredentials, redactMarked } from '../../platform/redact-credentials.js';

/** A document of a file, with the id that clients send in its place. */
export type ListedDocument = { id: string; text: string };

/** Throws what is wrong with a document. */
export type CheckDocument = (text: string) => void;

/**
 * Reads the file of PERSISTED_DOCUMENTS_FILE: what Apollo's generate-persisted-query-manifest writes, or the object of
 * documents by id that graphql-codegen and relay-compiler write. Throws INVALID_INPUT with a line for each fault, and what to
 * do: a file or a format that cannot be read, an id that is not the hash of its document, a document that `check` refuses.
 */
export const readDocumentsFile = (file: string, check: CheckDocument): ListedDocument[] => {
  const documents = listDocuments(parse(readText(file)));
  if (documents.length === 0) throw faulty(['lists no documents']);
  const texts = new Map<string, string>();
  const faults = documents.flatMap((document) => {
    const fault = faultOf(document, texts.get(canonicalId(document.id)), check);
    texts.set(canonicalId(document.id), document.text);
    return fault === null ? [] : [`: document ${shown(document)} ${fault}`];
  });
  if (faults.length === 0) return documents;
  const more = faults.length - shownMax;
  throw faulty([...faults.slice(0, shownMax), ...(more > 0 ? [` has ${more} more faults like these`] : [])]);
};

/** An id as it is compared: GraphQL over HTTP writes the scheme of a hash in front of it, other clients do not. */
export const canonicalId = (id: string): string => id.replace(/^sha256:/, '');

const shownMax = 10;
const bytesMax = 50_000_000;

const faulty = (faults: readonly string[]): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    faults
      .map(
        (fault) =>
          `PERSISTED_DOCUMENTS_FILE${fault.startsWith(':') ? '' : ' '}${fault.trimStart()}: ${remedy}`,
      )
      .join('\n'),
  );

const remedy = 'write it anew with the tool of your client, and restart the gateway.';

const readText = (file: string): string => {
  try {
    if (statSync(file).size > bytesMax) throw faulty([`is larger than ${bytesMax} bytes`]);
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new GatewayError(
      'INVALID_INPUT',
      `PERSISTED_DOCUMENTS_FILE cannot be read (${code}): set it to the path of a file that the gateway may read.`,
    );
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw faulty(['is not JSON']);
  }
};

const listDocuments = (content: unknown): ListedDocument[] => {
  if (!isRecord(content)) throw faulty([unknownFormat]);
  const { format, version, operations } = content;
  if (typeof format !== 'string') return Object.entries(content).map(([id, text]) => documentOf(id, text));
  if (format !== 'apollo-persisted-query-manifest' || version !== 1 || !Array.isArray(operations))
    throw faulty([unknownFormat]);
  return operations.map((operation: unknown) =>
    isRecord(operation) ? documentOf(operation['id'], operation['body']) : documentOf(null, null),
  );
};

const documentOf = (id: unknown, text: unknown): ListedDocument => {
  if (typeof id === 'string' && id !== '' && typeof text === 'string') return { id, text };
  throw faulty([unknownFormat]);
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unknownFormat =
  'has none of the formats that are read: version 1 of Apollo’s manifest (format, version, operations with id and body), or an object of documents by their ids, as graphql-codegen and relay-compiler write it';

const faultOf = (
  { id, text }: ListedDocument,
  other: string | undefined,
  check: CheckDocument,
): string | null => {
  if (other !== undefined && other !== text) return 'is listed twice, with different texts';
  const algorithm = hashes.get(/^[0-9a-f]+$/.test(canonicalId(id)) ? canonicalId(id).length : 0);
  if (algorithm !== undefined && createHash(algorithm).update(text).digest('hex') !== canonicalId(id))
    return `has an id that is not the ${algorithm.toUpperCase()} of its text`;
  try {
    check(text);
    return null;
    // A document may contain a key, which its faults quote.
  } catch (error) {
    return `does not fit the API of this version (${error instanceof Error ? oneLine(redactCredentials(error.message)) : 'unknown'})`;
  }
};

/** By the number of hexadecimal digits: relay-compiler writes MD5 by default, graphql-codegen SHA-1. */
const hashes: ReadonlyMap<number, string> = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
]);

/** The id and the name of the operation, short enough for a terminal. */
const shown = ({ id, text }: ListedDocument): string => {
  const name = /\b(?:query|mutation)\s+(\w{1,100})/.exec(text)?.[1];
  return `${oneLine(redactMarked(id)).slice(0, 80)}${name === undefined ? '' : ` (${name})`}`;
};

const oneLine = (text: string): string => text.replaceAll(/[\p{C}\s]+/gu, ' ').slice(0, 300);
