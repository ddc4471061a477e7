import type { FoundPage, PeopleSearch } from '../provider.js';
import type { FoundPerson } from '../records.js';
import { createNotes, Fields, isObject } from '../fields/read-fields.js';
import { count, flag, recordId, text } from '../fields/value-kinds.js';

/**
 * Reads one page of a people search: `{"success":true,"records":[…],"total":N}` as the live API returns, or the bare list
 * of the published document. A bare list has no total: it is then the number of rows seen, plus one while pages are full,
 * so that paging continues to the end. Rows without an id are left out; null where there is no list.
 */
export const readPeoplePage = (body: unknown, search: PeopleSearch): FoundPage | null => {
  const { unexpectedFields, note } = createNotes();
  const envelope = new Fields(isObject(body) ? body : { records: body }, '', note);
  const rows = isObject(body) ? body['records'] : body;
  const total = envelope.get(count, 'total');
  const isEmpty = (rows ?? null) === null && total === 0;
  if (!Array.isArray(rows) && !isEmpty) return null;
  const people = envelope.objects('records', readFoundPerson) ?? [];
  const seen = Array.isArray(rows) ? rows.length : 0;
  const known = search.from + seen + (seen > 0 && seen >= search.size ? 1 : 0);
  return {
    kind: 'FOUND',
    people,
    seen,
    total: total !== null && total >= 0 ? total : known,
    unexpectedFields,
  };
};

const readFoundPerson = (fields: Fields): FoundPerson | null => {
  const id = fields.get(recordId, 'person_id', 'id');
  if (id === null) {
    fields.note('person_id', recordId.expected, null);
    return null;
  }
  return {
    id,
    position: fields.get(text, 'position'),
    companyName: fields.get(text, 'company_name'),
    linkedin: fields.get(text, 'linkedin'),
    hasEmail: fields.get(flag, 'has_email'),
    hasPersonalEmail: fields.get(flag, 'has_personal_email'),
    hasPhone: fields.get(flag, 'has_phone'),
    hasDoNotCallPhone: fields.get(flag, 'has_dnd_phone'),
    hasMobile: fields.get(flag, 'has_mobile'),
  };
};
