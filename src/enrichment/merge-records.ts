import type { ProviderName } from '../providers/catalogue.js';
import type { FieldSource } from './lookup-result.js';

/** Fields whose parts are filled in one by one; all others come from one provider as a whole. */
const filledInParts: ReadonlySet<string> = new Set(['emails', 'identifiers', 'socialMedia']);

/** Two fields that are one date: half of one provider's and half of another's is nobody's. */
const partners: Readonly<Partial<Record<string, string>>> = {
  monthJoined: 'yearJoined',
  yearJoined: 'monthJoined',
};

/** A record, and where its filled fields came from. */
export type Merged<Record> = { record: Record; sources: () => FieldSource[] };

/** The fields of a record that hold something, with where they came from. */
export const sourcesOf = (record: object, provider: ProviderName): FieldSource[] => {
  const sources: FieldSource[] = [];
  for (const [field, value] of Object.entries(record)) if (!isBlank(value)) sources.push({ field, provider });
  return sources;
};

/** Fills what a record lacks from another provider's record of the same; what it has is never replaced. */
export const mergeRecords = <Record extends object>(
  ours: Merged<Record>,
  theirs: { record: Record; provider: ProviderName },
): Merged<Record> => {
  const { provider } = theirs;
  const { filled, fields } = fill(ours.record, theirs.record, (field) => filledInParts.has(field));
  return {
    record: filled,
    sources: () => [...ours.sources(), ...fields.map((field) => ({ field, provider }))],
  };
};

const fill = <Value extends object>(
  ours: Value,
  theirs: Value,
  goesInParts: (field: string) => boolean,
): { filled: Value; fields: string[] } => {
  const filled = { ...ours };
  const fields: string[] = [];
  for (const field in theirs) {
    const [own, other] = [ours[field], theirs[field]];
    if (isBlank(other)) continue;
    const partner = partners[field];
    if (partner !== undefined && !isBlank(Object(ours)[partner])) continue;
    if (isBlank(own)) {
      filled[field] = other;
      fields.push(field);
    } else if (goesInParts(field) && isPlain(own) && isPlain(other)) {
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
