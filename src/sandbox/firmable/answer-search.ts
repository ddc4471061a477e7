import { readCountry, unsupportedCountry } from './answer-lookup.js';
import type { Reply } from '../reply.js';
import { documentedError } from './reply.js';
import type { World } from '../world/create-world.js';
import type { Person } from '../world/person.js';
import { isMobile } from '../world/phone-numbers.js';

const sizeDefault = 10;
const sizeMax = 100;

/**
 * `POST /people/search`, past its redirect. Free. All values of the body are strings, numbers too; `seniority` and
 * `department` are Firmable's ids. `total` counts all matches, on every page.
 */
export const answerSearch = (world: World, body: string): Reply => {
  const filter = readJson(body);
  if (filter === null) return documentedError(400, 'The body is not a JSON object.');
  const wrong = [...filter].find(([, value]) => typeof value !== 'string');
  if (wrong !== undefined) return documentedError(400, `"${wrong[0]}" must be a string.`);
  const text = (name: string): string | null => {
    const value = filter.get(name);
    return typeof value === 'string' && value !== '' ? value : null;
  };

  const companyId = text('companyId');
  if (companyId === null) return documentedError(400, '"companyId" is required.');
  const country = readCountry(text('selectedCountry'));
  if (country === null) return unsupportedCountry();
  const [seniority, department] = [readId(text('seniority'), 7), readId(text('department'), 17)];
  if (seniority === 'WRONG') return documentedError(400, '"seniority" must be an id from 1 to 7.');
  if (department === 'WRONG') return documentedError(400, '"department" must be an id from 1 to 17.');
  const [from, size] = [readCount(text('from') ?? '0'), readCount(text('size') ?? String(sizeDefault))];
  if (from === null || size === null) return documentedError(400, '"from" and "size" must be whole numbers.');

  const position = text('position')?.toLowerCase() ?? '';
  const matching = world
    .peopleOf(companyId)
    .filter((person) => person.place.country === country)
    .filter((person) => seniority === null || person.role.seniority === seniority)
    .filter((person) => department === null || person.role.department === department)
    .filter((person) => person.role.position.toLowerCase().includes(position));
  const records = matching.slice(from, from + Math.min(size, sizeMax)).map(searchRecord);
  return { status: 200, body: { success: true, records, total: matching.length } };
};

const readJson = (body: string): Map<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(body);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? new Map<string, unknown>(Object.entries(value)) : null;
  } catch {
    return null;
  }
};

const readId = (written: string | null, highest: number): number | null | 'WRONG' => {
  if (written === null) return null;
  const id = readCount(written);
  return id !== null && id >= 1 && id <= highest ? id : 'WRONG';
};

const readCount = (written: string): number | null => (/^\d{1,9}$/.test(written) ? Number(written) : null);

const searchRecord = (person: Person): Record<string, unknown> => ({
  person_id: person.id,
  position: person.role.position,
  company_name: person.company.name,
  linkedin: person.slug,
  has_email: person.hasWorkEmail,
  has_personal_email: person.personalEmail !== null,
  has_phone: person.phones.length > 0,
  has_dnd_phone: person.phones.some((phone) => phone.is_dnd),
  has_mobile: person.phones.some((phone) => isMobile(phone.value)),
});
