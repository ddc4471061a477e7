import { createNotes, Fields, isObject, type Note } from '../fields/read-fields.js';
import { text } from '../fields/value-kinds.js';
import type { PhoneNumber } from '../records.js';

/** A number as Apollo lists it. */
export type ListedPhone = { number: string; isMobile: boolean };

/** The phones of a person, each once: those revealed, and those of the team's own contact. */
export const phonesIn = (person: Record<string, unknown>, note: Note = createNotes().note): ListedPhone[] => {
  const fields = new Fields(person, 'person', note);
  const contact = isObject(person['contact']) ? fields.object('contact', readList) : null;
  const listed = [...(readList(fields) ?? []), ...(contact ?? [])];
  const byNumber = new Map<string, ListedPhone>();
  for (const phone of listed) {
    const isMobile = phone.isMobile || byNumber.get(phone.number)?.isMobile === true;
    byNumber.set(phone.number, { ...phone, isMobile });
  }
  return [...byNumber.values()];
};

const readList = (fields: Fields): ListedPhone[] | null => fields.objects('phone_numbers', readPhone, text);

const readPhone = (fields: Fields): ListedPhone | null => {
  const number = fields.get(text, 'sanitized_number', 'raw_number', 'value');
  const type = fields.get(text, 'type', 'type_cd') ?? '';
  return number === null ? null : { number, isMobile: /mobile/i.test(type) };
};

/** As records have them. Apollo has no data of the Australian Do Not Call Register: null is unknown. */
export const toPhoneNumbers = (phones: readonly ListedPhone[]): PhoneNumber[] =>
  phones.map(({ number }) => ({ number, isDoNotCall: null }));
