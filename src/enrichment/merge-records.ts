import type { ProviderName } from '../providers/catalogue.js';
import type { FieldSource, RecordPart } from './lookup-result.js';

/** Fields whose parts are filled in one by one; every other field comes from one provider as a whole. */
const filledInParts: ReadonlySet<string> = new Set(['emails', 'identifiers', 'socialMedia']);

/** Two fields that are one date: its halves must come from one provider. */
const partners: Readonly<Partial<Record<string, string>>> = {
  monthJoined: 'yearJoined',
  yearJoined: 'monthJoined',
};

/** A record, the sources of its fields, and the providers' records that they are from. */
export type Merged<Record> = {
  record: Record;
  sources: () => FieldSource[];
  parts: readonly RecordPart[];
};

/** One source for every field of a record that has a value. */
export const sourcesOf = (record: object, provider: ProviderName): FieldSource[] => {
  const sources: FieldSource[] = [];
  for (const [field, value] of Object.entries(record)) if (!isBlank(value)) sources.push({ field, provider });
  return sources;
};

/**
 * Fills in missing fields from another provider's record of the same company or person; existing values stay. The first
 * record, where nothing is known, is kept as it is.
 */
export const mergeRecords = <Record extends object>(
  base: Merged<Record> | null,
  added: { record: Record; provider: ProviderName; part: RecordPart },
): Merged<Record> => {
  const { provider, part } = added;
  if (base === null) {
    const { record } = added;
    return { record, sources: () => sourcesOf(record, provider), parts: [part] };
  }
  const { filled, fields } = fill(base.record, added.record, (field) => filledInParts.has(field));
  return {
    record: filled,
    sources: () => [...base.sources(), ...fields.map((field) => ({ field, provider }))],
    // A record that adds nothing is no part of the content.
    parts: fields.length === 0 ? base.parts : [...base.parts, part],
  };
};

const fill = <Value extends object>(
  base: Value,
  added: Value,
  hasParts: (field: string) => boolean,
): { filled: Value; fields: string[] } => {
  const filled = { ...base };
  const fields: string[] = [];
  for (const field in added) {
    const [own, other] = [base[field], added[field]];
    if (isBlank(other)) continue;
    const partner = partners[field];
    if (partner !== undefined && !isBlank(Object(base)[partner])) continue;
    if (isBlank(own)) {
      filled[field] = other;
      fields.push(field);
    } else if (hasParts(field) && isPlain(own) && isPlain(other)) {
      const inside = fill(own, other, () => false);
      filled[field] = inside.filled;
      fields.push(...inside.fields.map((part) => `${field}.${part}`));
    }
  }
  return { filled, fields };
};

const isPlain = <Value>(value: Value): value is Value & object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Null, an empty text or list, or an object of nothing else. */
const isBlank = (value: unknown): boolean => {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isBlank);
};
