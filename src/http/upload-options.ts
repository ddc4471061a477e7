import { GatewayError } from '../errors.js';
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
