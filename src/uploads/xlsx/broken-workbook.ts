import { GatewayError } from '../../errors.js';

/** The error of a workbook that cannot be read to its end. */
export const brokenWorkbook = (cause?: unknown): GatewayError =>
  cause instanceof GatewayError
    ? cause
    : new GatewayError(
        'INVALID_INPUT',
        'This workbook is damaged or incomplete: open it in a spreadsheet program and save it again, or save the sheet as CSV.',
        { cause },
      );

/** The error of a ZIP archive that is no workbook: what it is, and what to do. */
export const noWorkbook = (what: string, advice: string): GatewayError =>
  new GatewayError('INVALID_INPUT', `This file is ${what} and not a table: ${advice}.`);

export const tooLargeInside = (): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    'This workbook is far larger when it is unpacked than its size allows, as archives are that are made to fill a disk: save the sheet as CSV, and send that.',
  );
