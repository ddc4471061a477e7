import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { isPlaceZone } from '../platform/time.js';

const fault = '"timeZone" must be a place or UTC: write it as Australia/Sydney or UTC.';

/** The name of a place's time zone, or UTC. */
export const timeZone = z.string(fault).refine(isPlaceZone, fault);

/** For a zone that JavaScript knows and this PostgreSQL does not. */
export const unknownTimeZone = (): GatewayError =>
  new GatewayError('BAD_REQUEST', fault, { field: ['timeZone'] });
