import { z } from 'zod';
import { GatewayError } from '../errors.js';

const fault = '"timeZone" must be the name of a time zone: write it as Australia/Sydney or UTC.';

const isTimeZone = (name: string): boolean => {
  // JavaScript takes "+02:00" too, which PostgreSQL reads the other way round.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format();
    return true;
  } catch {
    return false;
  }
};

/** The IANA name of a time zone. */
export const timeZone = z.string(fault).refine(isTimeZone, fault);

/** For a zone that JavaScript knows and this PostgreSQL does not. */
export const unknownTimeZone = (): GatewayError =>
  new GatewayError('BAD_REQUEST', fault, { field: ['timeZone'] });
