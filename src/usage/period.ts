import * as z from 'zod';
import { GatewayError } from '../errors.js';
import { timeZoneFault } from '../platform/parse-input.js';

/** `from` is inclusive, `to` is exclusive. */
export type Period = { from: Date; to: Date };

type OpenPeriod = { from?: Date | null | undefined; to?: Date | null | undefined };

/** Whether a period is not empty; one without a start or an end is not. */
export const isInOrder = ({ from, to }: OpenPeriod): boolean => from == null || to == null || from < to;

/** For `refine` of zod, which takes a `message` out of the object that it is given, but leaves an `error`. */
export const outOfOrder = {
  path: ['to'],
  error: '"to" must be later than "from": widen the period.',
};

/** An instant within the years that JavaScript and PostgreSQL both write with four digits. */
export const instant = (field: string) => {
  const message = `"${field}" must be an instant from 0001-01-02 to 9999-12-31: write it as 2030-01-31T00:00:00Z.`;
  return z
    .date(message)
    .min(new Date('0001-01-02T00:00:00Z'), message)
    .max(new Date('9999-12-31T00:00:00Z'), message);
};

/** For a time zone that JavaScript knows and this PostgreSQL does not. */
export const unknownTimeZone = (): GatewayError =>
  new GatewayError('BAD_REQUEST', timeZoneFault, { field: ['timeZone'] });

export const quarterMs = 15 * 60_000;

/**
 * Cuts a period into its whole quarters of an hour, whose sums are stored, and the rest at its ends. Either may be missing.
 * Together they are the period, without a gap or an overlap.
 */
export const cutPeriod = ({ from, to }: Period): { whole: Period | null; ends: Period[] } => {
  const wholeFrom = new Date(Math.ceil(from.getTime() / quarterMs) * quarterMs);
  const wholeTo = new Date(Math.floor(to.getTime() / quarterMs) * quarterMs);
  if (wholeFrom >= wholeTo) return { whole: null, ends: [{ from, to }] };
  return {
    whole: { from: wholeFrom, to: wholeTo },
    ends: [
      { from, to: wholeFrom },
      { from: wholeTo, to },
    ].filter((end) => end.from < end.to),
  };
};
