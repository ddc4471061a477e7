import { GraphQLError, Kind } from 'graphql';
import { GatewayError } from '../errors.js';
import { parseDurationSeconds, parseInstant } from '../platform/time.js';
import { readTimeZone } from '../platform/time-zone.js';
import { builder } from './builder.js';
import { checkJson } from './json-value.js';

const wrong = (what: string): GraphQLError => new GraphQLError(what);

builder.scalarType('DateTime', {
  description:
    'An instant, ISO 8601 with its offset: `2026-08-01T00:00:00Z`. A date alone is its midnight in UTC.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const instant = typeof value === 'string' ? parseInstant(value) : null;
    if (instant !== null) return instant;
    throw wrong('DateTime must be ISO 8601 with an offset: write it as 2026-08-01T00:00:00Z.');
  },
});

builder.scalarType('Duration', {
  description: 'A duration: `30d`, `12h`, `15m`, `45s`, ISO 8601 (`P30D`, `PT12H`), or a number of seconds.',
  serialize: (value) => value,
  parseValue: (value) => {
    const seconds = readDuration(value);
    if (seconds !== null) return seconds;
    throw wrong(
      'Duration must be a length of time: write it as 30d, 12h, 15m, P30D or a whole number of seconds.',
    );
  },
  parseLiteral: (node) => {
    const value = node.kind === Kind.INT ? Number(node.value) : node.kind === Kind.STRING ? node.value : null;
    const seconds = readDuration(value);
    if (seconds !== null) return seconds;
    throw wrong(
      'Duration must be a length of time: write it as 30d, 12h, 15m, P30D or a whole number of seconds.',
    );
  },
});

const limitFault =
  'CreditLimit must be a whole number of credits from 0 to 2,147,483,647, or UNLIMITED: choose another.';

const readLimit = (value: unknown): bigint | 'UNLIMITED' => {
  if (value === 'UNLIMITED') return value;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= intMax)
    return BigInt(value);
  throw wrong(limitFault);
};

builder.scalarType('CreditLimit', {
  description: 'A whole number of credits from 0, or `UNLIMITED`.',
  serialize: (limit) => (limit === 'UNLIMITED' ? limit : toInt(limit)),
  parseValue: readLimit,
  parseLiteral: (node) => {
    if (node.kind === Kind.INT) return readLimit(Number(node.value));
    if (node.kind === Kind.ENUM || node.kind === Kind.STRING) return readLimit(node.value);
    throw wrong(limitFault);
  },
});

builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: checkJson,
});

builder.scalarType('TimeZone', {
  description:
    'An IANA time zone, named after a place (`Australia/Sydney`), or UTC, in any case. A legacy name (`Asia/Calcutta`) is read as the present one (`Asia/Kolkata`). Abbreviations such as CET and IST are refused.',
  serialize: (value) => value,
  parseValue: (value) => {
    const zone = typeof value === 'string' ? readTimeZone(value) : null;
    if (zone !== null) return zone;
    throw wrong('TimeZone must be a place or UTC: write it as Australia/Sydney or UTC.');
  },
});

const secondsMax = 100 * 365 * 86_400;

/**
 * Reads a length of time into whole seconds: a number of seconds (3600), a number with a unit (`30d`, `12h`, `15m`),
 * or ISO 8601 in weeks, days, hours, minutes and seconds (`P30D`, `PT12H`). Years and months are refused because they
 * have no fixed length. Null for anything else, and for more than a hundred years.
 */
export const readDuration = (written: unknown): number | null => {
  const seconds =
    typeof written === 'number'
      ? written
      : typeof written === 'string'
        ? (parseDurationSeconds(written) ?? isoSeconds(written.trim()))
        : null;
  return seconds !== null && Number.isInteger(seconds) && seconds >= 0 && seconds <= secondsMax
    ? seconds
    : null;
};

const isoUnitSeconds = [604_800, 86_400, 3_600, 60, 1];

const isoSeconds = (written: string): number | null => {
  const parts =
    /^P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/i.exec(
      written,
    );
  if (parts === null || !/\d/.test(written)) return null;
  return isoUnitSeconds.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0);
};

const intMax = 2n ** 31n - 1n;

/** Credits as GraphQL's Int. A sum beyond 2,147,483,647 is an error, never rounded. */
export const toInt = (credits: bigint): number => {
  if (credits >= -intMax && credits <= intMax) return Number(credits);
  throw new GatewayError(
    'LIMIT_EXCEEDED',
    'This sum of credits is too large for one number: request a shorter period.',
  );
};
