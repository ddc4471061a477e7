import { type CleanText, cleanText } from '../enrichment/identifiers/clean-text.js';
import { isFreeMail } from '../enrichment/identifiers/hosts/free-mail.js';
import { readAbn } from '../enrichment/identifiers/read-abn.js';
import { readDomain } from '../enrichment/identifiers/read-domain.js';
import { readEmail } from '../enrichment/identifiers/read-email.js';
import { isAtLinkedin, readLinkedin } from '../enrichment/identifiers/read-linkedin.js';
import type { Provider } from '../providers/catalogue.js';
import type { ColumnIdentifier } from './upload.js';
import type { RecordKind } from '../providers/provider.js';

/** What a cell is by itself, without its header. */
export type Content = { operation: RecordKind; identifier: ColumnIdentifier; value: string };

type IdReader = Pick<Provider, 'isCompanyId' | 'isPersonId'>;

/** Longer cells are texts. */
const lengthMax = 500;

/**
 * The identifier that a cell certainly is, by the rules by which lookups read it; null for any other text. A slug, or an
 * id that other systems have in the same shape, is one only under a header that says so.
 */
export const contentOf = (cell: string, firmable: IdReader): Content | null => {
  if (cell.length > lengthMax) return null;
  const clean = cleanText(cell);
  return clean === null || clean.text === '' ? null : contentOfText(cell, clean, firmable);
};

const contentOfText = (cell: string, { text }: CleanText, firmable: IdReader): Content | null => {
  const id = text.toLowerCase();
  if (firmable.isPersonId(id)) return { operation: 'PERSON', identifier: 'ID', value: id };
  if (firmable.isCompanyId(id)) return { operation: 'COMPANY', identifier: 'ID', value: id };
  if (isAtLinkedin(cell)) return pageOf(cell);
  if (text.includes('@')) return emailOf(cell);
  if (/^[\d\s]{11,14}$/.test(text)) {
    const abn = readAbn(cell);
    return 'value' in abn ? { operation: 'COMPANY', identifier: 'ABN', value: abn.value } : null;
  }
  if (/\s/.test(text) || !/[a-z]/i.test(text) || !text.includes('.')) return null;
  const domain = readDomain(cell);
  if (!('value' in domain)) return null;
  const isAddress = /^(?:https?:|www\.)|\//i.test(text);
  return { operation: 'COMPANY', identifier: isAddress ? 'WEBSITE' : 'DOMAIN', value: domain.value };
};

const pageOf = (cell: string): Content | null => {
  const person = readLinkedin('person', cell);
  if ('value' in person) return { operation: 'PERSON', identifier: 'LINKEDIN', value: person.value };
  const company = readLinkedin('company', cell);
  return 'value' in company ? { operation: 'COMPANY', identifier: 'LINKEDIN', value: company.value } : null;
};

const emailOf = (cell: string): Content | null => {
  const email = readEmail(cell);
  if (!('value' in email)) return null;
  const host = email.value.slice(email.value.lastIndexOf('@') + 1);
  const identifier = isFreeMail(host) ? 'PERSONAL_EMAIL' : 'WORK_EMAIL';
  return { operation: 'PERSON', identifier, value: email.value };
};
