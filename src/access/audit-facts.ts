import { redactMarked } from '../platform/redact-credentials.js';

/** What a change says of its subject: plain values, and lists and objects of them. */
export type Facts = { readonly [field: string]: Fact };
type Fact = string | number | bigint | boolean | Date | null | undefined | readonly Fact[] | Facts;

/** The same as JSON. */
export type Json = { [field: string]: JsonValue };
type JsonValue = string | number | boolean | null | JsonValue[] | Json;

/** Facts as JSON: instants as texts, credits as numbers; fields that are undefined are left out. */
export const toJson = (facts: Facts): Json => {
  const json: Json = {};
  for (const [field, fact] of Object.entries(facts)) {
    if (fact !== undefined) json[field] = valueOf(fact);
  }
  return json;
};

const valueOf = (fact: Exclude<Fact, undefined>): JsonValue => {
  if (fact instanceof Date) return fact.toISOString();
  if (typeof fact === 'bigint') {
    const number = Number(fact);
    return Number.isSafeInteger(number) ? number : fact.toString();
  }
  if (typeof fact !== 'object' || fact === null) return fact;
  return isList(fact) ? fact.map((item) => (item === undefined ? null : valueOf(item))) : toJson(fact);
};

const isList = (fact: object): fact is readonly Fact[] => Array.isArray(fact);

const bytesMax = 16_384;
const itemsMax = 100;
const charactersMax = 500;

/**
 * Facts as they are stored: no text is longer than 500 characters, no list than 100 items, and all of it is at most 16 KB,
 * or only its size is stored. The log can never be erased, so no input may fill it.
 */
export const boundFacts = (json: Json): Json => {
  const bounded = boundObject(json);
  const bytes = Buffer.byteLength(JSON.stringify(bounded));
  return bytes <= bytesMax ? bounded : { omitted: `${bytes} bytes` };
};

const boundObject = (json: Json): Json =>
  Object.fromEntries(Object.entries(json).map(([field, value]) => [field, boundValue(value)]));

const boundValue = (value: JsonValue): JsonValue => {
  if (typeof value === 'string') return redactMarked(cleanText(value));
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return boundObject(value);
  const shown = value.slice(0, itemsMax).map(boundValue);
  return value.length > itemsMax ? [...shown, `… and ${value.length - itemsMax} more`] : shown;
};

/**
 * A text for the log: bounded, well-formed, and without characters that could forge or hide a line of it: controls, line
 * separators and marks of direction become U+FFFD. PostgreSQL stores neither NUL nor half of a surrogate pair.
 */
export const cleanText = (text: string): string => {
  const clean = text.toWellFormed().replace(hidden, '\u{fffd}');
  return clean.length > charactersMax ? `${clean.slice(0, charactersMax - 1).toWellFormed()}…` : clean;
};

const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}]/gu;
