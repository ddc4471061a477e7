import { basePath } from '../app/page-settings.js';
import type { JobIdentifier } from './operations.js';
import { RequestError } from './request-error.js';

/** The answer to POST /uploads. Positions are from 1. */
export type Uploaded = {
  id: string;
  fileName: string | null;
  /** Of a workbook: the sheet that was read, and all of them. */
  sheet: string | null;
  sheets: string[];
  columns: { name: string; position: number; identifier: JobIdentifier | null; samples: string[] }[];
  /** The columns that have identifiers, in the order in which they are used. */
  mapping: { column: string; position: number; identifier: JobIdentifier }[];
  operation: 'COMPANY' | 'PERSON';
  rows: number;
  preview: string[][];
  faultCount: number;
  faults: { line: number; reason: string }[];
  notes: string[];
};

/** A file, and the number of the sheet of a workbook, from 1; null for the first that has rows. */
export type SentFile = { file: File; sheet: number | null };

/** Sends a file as it is. XMLHttpRequest, because `fetch` does not say how much was sent. Rejects with RequestError. */
export const uploadFile = (
  token: string,
  { file, sheet }: SentFile,
  report: (share: number) => void,
): Promise<Uploaded> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const options = new URLSearchParams({
      name: file.name,
      ...(sheet === null ? {} : { sheet: `${sheet}` }),
    });
    request.open('POST', `${basePath()}/uploads?${options.toString()}`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      report(total === 0 ? 1 : loaded / total),
    );
    request.addEventListener('error', () =>
      reject(new RequestError('UNREACHABLE', 'The file did not arrive. Send it again.')),
    );
    request.addEventListener('load', () => {
      const answer = read(request.responseText);
      if (request.status === 201 && isUploaded(answer)) resolve(answer);
      else if (request.status === 401)
        reject(new RequestError('SIGNED_OUT', 'The gateway does not accept this token. Sign in again.'));
      else
        reject(new RequestError('REFUSED', refusalIn(answer) ?? `The gateway answered ${request.status}.`));
    });
    request.send(file);
  });

const read = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const isUploaded = (answer: unknown): answer is Uploaded =>
  typeof answer === 'object' && answer !== null && 'id' in answer && 'columns' in answer;

const refusalIn = (answer: unknown): string | null =>
  typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'string'
    ? answer.error
    : null;
