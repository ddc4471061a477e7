import type { Request } from '../answerer.js';

/** What was sent, in the query or as a JSON body; the query wins. Empty ones count as not sent. */
export type Parameters = (name: string) => string | null;

/** Null where the body is no JSON object, or too long. */
export const readParameters = ({ query, body }: Request): Parameters | null => {
  const sent = body === null ? null : readBody(body);
  if (sent === null) return null;
  return (name) => {
    const written = query.get(name) ?? sent.get(name);
    const text = typeof written === 'string' || typeof written === 'boolean' ? String(written).trim() : '';
    return text === '' ? null : text;
  };
};

const readBody = (body: string): Map<string, unknown> | null => {
  if (body.trim() === '') return new Map();
  try {
    const value: unknown = JSON.parse(body);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? new Map<string, unknown>(Object.entries(value)) : null;
  } catch {
    return null;
  }
};
