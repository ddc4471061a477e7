import { z } from 'zod';
import { type ErrorCode, GatewayError } from '../errors.js';

/**
 * Reads what a caller sent by a schema. The first fault is thrown with the path of its field; the schema's own
 * messages are written for people. What was sent is never repeated, for it may be a key.
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
    fault?.message ?? 'The input cannot be read: compare it with the documentation.',
    {
      field: fault?.path.map(String) ?? [],
    },
  );
};

/** A line of text that people give a thing: trimmed, `charactersMax` at most, without control characters. */
export const label = (what: string, charactersMax = 100) => {
  const message = `The ${what} must be a line of 1 to ${charactersMax} characters: choose another.`;
  return z
    .string(message)
    .trim()
    .min(1, message)
    .max(charactersMax, message)
    .regex(/^\P{Cc}*$/u, message);
};
