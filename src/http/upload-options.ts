import { GatewayError } from '../errors.js';
import { unknownParameter } from '../platform/parse-input.js';
import type { ReceivedFile } from '../uploads/receive-upload.js';

/** Reads the options of an upload from its query or its form. Throws BAD_REQUEST for a value that they do not have. */
export const readOption = (
  read: (name: string) => string | null,
): Pick<ReceivedFile, 'hasHeader' | 'sheet'> => {
  const header = read('header')?.trim().toLowerCase() ?? '';
  const hasHeader = headers.get(header);
  if (hasHeader === undefined)
    throw new GatewayError(
      'BAD_REQUEST',
      '"header" must be yes or no: no if the first row is data. Leave it out to have it found out.',
      { field: ['header'] },
    );
  const sheet = read('sheet')?.trim() ?? '';
  return { hasHeader, sheet: sheet === '' ? null : sheet };
};

const names = ['name', 'header', 'sheet'];

/** Throws BAD_REQUEST for other parameters of the address, and for a repeated one: what is misspelt must not be ignored. */
export const checkParameters = (query: URLSearchParams): void => {
  for (const name of query.keys()) {
    checkName(name);
    if (query.getAll(name).length > 1) throw repeated(name);
  }
};

/** Throws BAD_REQUEST for other fields of a form, and for one that the address or the form has already. */
export const checkField = (
  name: string,
  query: URLSearchParams,
  fields: ReadonlyMap<string, string>,
): void => {
  checkName(name);
  if (query.has(name) || fields.has(name)) throw repeated(name);
};

const checkName = (name: string): void => {
  if (!names.includes(name)) throw new GatewayError('BAD_REQUEST', unknownParameter(name, names));
};

const repeated = (name: string): GatewayError =>
  new GatewayError('BAD_REQUEST', `"${name}" may not be repeated: send it only once.`, { field: [name] });

const headers: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['', null],
  ['auto', null],
  ['yes', true],
  ['true', true],
  ['1', true],
  ['no', false],
  ['false', false],
  ['0', false],
]);
