import { GraphQLError, Kind } from 'graphql';
import { parseInstant } from '../platform/time.js';
import { builder } from './builder.js';
import { readDuration } from './duration.js';

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

builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
});

builder.scalarType('TimeZone', {
  description:
    'An IANA time zone, named after a place (`Australia/Sydney`), or UTC. Abbreviations such as CET and IST are refused.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string' && isTimeZone(value)) return value;
    throw wrong('TimeZone must be an IANA name: write it as UTC or Australia/Sydney.');
  },
});

const isTimeZone = (name: string): boolean => {
  // Node takes offsets such as +10:00 as well; PostgreSQL reads their sign the other way round.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
