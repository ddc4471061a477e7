import * as z from 'zod';
import { type ErrorCode, GatewayError } from '../errors.js';
import { redactCredentials } from './redact-credentials.js';
import { readTimeZone } from './time-zone.js';

/**
 * Parses a caller's input by a schema. Throws the first fault with the path of its field; the schema's messages are
 * written for people. The input is never repeated, because it may be a key.
 */
export const parseInput = <Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  code: ErrorCode = 'INVALID_INPUT',
): z.output<Schema> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [fault] = parsed.error.issues;
  throw new GatewayError(
    code,
    fault?.message ?? 'The input is malformed: compare it with the documentation.',
    {
      field: fault?.path.map(String) ?? [],
    },
  );
};

/** The fault of a parameter of an address that is none of `names`: what is misspelt must not be ignored. */
export const unknownParameter = (name: string, names: readonly string[]): string =>
  `There is no parameter ${JSON.stringify(redactCredentials(name).slice(0, 100))}: use ${names.join(', ')}.`;

/** The schema of a name: one line, trimmed, of at most `charactersMax` characters, without control characters. */
export const label = (what: string, charactersMax = 100) => {
  const message = `The ${what} must be a line of 1 to ${charactersMax} characters: choose another.`;
  return z
    .string(message)
    .trim()
    .min(1, message)
    .max(charactersMax, message)
    .regex(/^\P{Cc}*$/u, message);
};

export const timeZoneFault = 'The time zone must be a place or UTC: write it as Australia/Sydney or UTC.';

/** The schema of a time zone: any name of a place, or UTC. The output is the one name that is stored. */
export const timeZone = z.string(timeZoneFault).transform((text, context) => {
  const zone = readTimeZone(text);
  if (zone !== null) return zone;
  context.addIssue(timeZoneFault);
  return z.NEVER;
});
