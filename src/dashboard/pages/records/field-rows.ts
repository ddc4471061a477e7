import type { CompanyFieldsFragment, PersonFieldsFragment } from '../../api/operations.js';

/** A field that has a value, as people read it, and its provider. */
export type FieldRow = { title: string; value: string; provider: string | null };

const titles: Readonly<Record<string, string>> = {
  linkedin: 'LinkedIn',
  hqLocation: 'Head office',
  hqCountry: 'Country of the head office',
  abnOperationStatus: 'ABN status',
  emails: 'E-mail addresses',
};

/** `Year founded` of yearFounded. */
const titleOf = (field: string): string => {
  const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return titles[field] ?? words.charAt(0).toUpperCase() + words.slice(1);
};

/** The fields of a record that have a value, in the order of the API. */
export const fieldRows = (record: CompanyFieldsFragment | PersonFieldsFragment | null): FieldRow[] => {
  if (record === null) return [];
  const { sources, ...fields } = record;
  return Object.entries(fields).flatMap(([field, content]) => {
    const value = textOf(content);
    if (value === '') return [];
    const source = sources.find((one) => one.field === field || one.field.startsWith(`${field}.`));
    return [{ title: titleOf(field), value, provider: source?.provider ?? null }];
  });
};

/** A value of any depth on one line; an empty text for none. */
const textOf = (content: unknown): string => {
  if (typeof content === 'string') return content;
  if (typeof content === 'number' || typeof content === 'boolean') return String(content);
  if (Array.isArray(content)) return content.map(textOf).filter(Boolean).join('; ');
  if (typeof content !== 'object' || content === null) return '';
  const entries = Object.entries(content).filter(([name]) => name !== '__typename');
  return isPhone(content)
    ? `${content.number}${content.isDoNotCall === true ? ' (do not call)' : ''}`
    : entries
        .map(([name, value]) => named(name, textOf(value)))
        .filter(Boolean)
        .join(', ');
};

const isPhone = (content: object): content is { number: string; isDoNotCall: boolean | null } =>
  'isDoNotCall' in content;

/** Parts whose value says what it is. */
const plainParts = new Set([
  'name',
  'value',
  'schoolName',
  'companyName',
  'cleanedPosition',
  'deliverability',
]);

const named = (name: string, value: string): string =>
  value === '' || plainParts.has(name) ? value : `${partTitle(name)}: ${value}`;

const registers = new Set(['abn', 'acn', 'nzbn', 'uen', 'duns', 'sic', 'naics', 'anzsic']);

const partTitle = (name: string): string => (registers.has(name) ? name.toUpperCase() : titleOf(name));
