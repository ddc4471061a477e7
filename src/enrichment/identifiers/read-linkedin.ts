import { cleanText, decodePercents, type Reading, tooLong, withoutScheme } from './clean-text.js';
import { readScientific } from './scientific.js';

export type LinkedinKind = 'company' | 'person';

/** Most inputs are plain slugs already. */
const plainSlug = /^[a-z0-9][a-z0-9_-]{0,149}$/;

/**
 * The slug of a LinkedIn page, in lower case, in any spelling: an address on any of LinkedIn's hosts, the slug itself, or
 * for a company its number (Sales Navigator, URNs). Refused are pages of the other kind, and the tokens by which LinkedIn's
 * own products and their exports name members: upper and lower case matter in them, and no provider looks up by them.
 */
export const readLinkedin = (kind: LinkedinKind, text: string): Reading<string> => {
  if (plainSlug.test(text) && !isPlaceholder(text) && !isToken(text)) return { value: text };
  const clean = cleanText(text);
  if (clean === null) return tooLong;
  const parts = clean.text
    .replace(/^[^<>]*<([^<>]+)>$/, '$1')
    .split(betweenPages)
    .filter((part) => part !== '');
  const readings = parts.map((part) => readOne(kind, part));
  const [reading = { refusal: notAPage[kind] }] = readings;
  if (readings.length <= 1 || 'refusal' in reading) return reading;
  const isOnePage = readings.every((one) => 'value' in one && one.value === reading.value);
  return isOnePage
    ? reading
    : { refusal: 'This has more than one LinkedIn page or site: send one lookup for each.' };
};

/** A bare slug has no blanks, and may have commas; addresses are separated by either. */
const betweenPages = /(?<![\s,;|])[\s,;|]+(?=(?:https?:|www\.|(?:[a-z]{2,3}\.)?linkedin\.))/i;

/**
 * The slug in a record or in the ledger, which is certainly a slug: one that looks like a domain (`booking.com`) is
 * accepted. Text that may be an address is read as one.
 */
export const readKnownSlug = (kind: LinkedinKind, text: string): string | null => {
  const read = (spelling: string): string | null => {
    const reading = readLinkedin(kind, spelling);
    return 'value' in reading ? reading.value : null;
  };
  return read(text) ?? (/[/?#%]/.test(text) ? null : read(addressOfSlug(kind, text.trim())));
};

/** The address of a page, which is unambiguous. */
const addressOfSlug = (kind: LinkedinKind, slug: string): string =>
  `https://www.linkedin.com/${kind === 'company' ? 'company' : 'in'}/${slug}`;

const address = /^(?:[a-z0-9-]{1,20}\.){0,3}linkedin\.(?:com|cn)(?::\d{1,5})?(?=[/?#]|$)/i;

/** Whether the text is an address at LinkedIn, or one of its URNs. */
export const isAtLinkedin = (text: string): boolean => {
  const clean = cleanText(text);
  return clean !== null && (address.test(withoutScheme(clean.text)) || urn.test(clean.text));
};

const readOne = (kind: LinkedinKind, text: string): Reading<string> => {
  const named = readUrn(kind, text);
  if (named !== null) return named;
  const bare = withoutScheme(text);
  const host = address.exec(bare)?.[0];
  if (host !== undefined) return readAddress(kind, bare.slice(host.length));
  if (/^lnkd\.in(?:\/|$)/i.test(bare)) return { refusal: shortened };
  if (isPlaceholder(bare.toLowerCase())) return { refusal: notAPage[kind] };
  const [path = ''] = bare.split(/[?#]/, 1);
  if (path.includes('/'))
    return bare === text || text.startsWith('/') ? readPath(kind, path) : { refusal: notAPage[kind] };
  const slug = readSlug(kind, path.replace(/^@/, ''));
  // A bare domain is not a slug: `smec.com` belongs in the field `domain`. In an address it is one: /company/booking.com.
  return 'value' in slug && /\.[a-z]{2,}$/.test(slug.value) ? { refusal: notAPage[kind] } : slug;
};

/** What is behind LinkedIn's host. A sign-in page has the address behind it as a parameter. */
const readAddress = (kind: LinkedinKind, rest: string): Reading<string> => {
  const [path = ''] = rest.split(/[?#]/, 1);
  const behind =
    /^\/+(?:authwall|login|uas|signup|checkpoint|redir)\b[^?]*\?(?:[^#]*&)?(?:session_?redirect|url)=([^&#]+)/i.exec(
      rest,
    );
  const target = decodePercents(behind?.[1] ?? '') ?? '';
  const next = withoutScheme(target).replace(address, '');
  if (next !== '') return readPath(kind, `/${next.split(/[?#]/, 1)[0] ?? ''}`);
  if (/^\/+profile\/view\/?\?/i.test(rest)) return { refusal: memberToken };
  return readPath(kind, path);
};

const companySections = /^(?:company|companies|company-beta|school|showcase|organization|organizations)$/i;
/** Sections in front of a page that change nothing. */
const views = /^(?:comm|mwlite|m|mobile|public-profile|organization-guest|beta|profile)$/i;

const readPath = (kind: LinkedinKind, path: string): Reading<string> => {
  const all = path.split('/').filter((segment) => segment !== '');
  const segments = all.slice(all.findIndex((segment) => !views.test(segment)));
  const [section = '', slug, ...rest] = segments;
  if (/^(?:sales|talent|recruiter|cap|hire)$/i.test(section)) return readProduct(kind, segments.slice(1));
  if (slug === undefined) return { refusal: notAPage[kind] };
  const behind = addressBehind(segments);
  if (behind !== null) return readOne(kind, behind);
  if (companySections.test(section)) {
    const own = /^beta$/i.test(slug) ? (rest[0] ?? slug) : slug;
    const isForm = /^setup$/i.test(slug) && /^new$/i.test(rest[0] ?? '');
    return kind === 'company' && !isForm ? readPage(kind, own) : { refusal: notAPage[kind] };
  }
  const isPerson = /^in$/i.test(section) || (/^pub$/i.test(section) && rest.length === 0);
  if (isPerson) {
    const own = /^in$/i.test(slug) ? (rest[0] ?? slug) : slug;
    return kind === 'person' ? readPage(kind, own) : { refusal: personNotCompany };
  }
  // Old addresses like /pub/name/1/2/3 separate people of one name by what follows it.
  if (/^pub$/i.test(section) && kind === 'person') return { refusal: oldAddress };
  return { refusal: notAPage[kind] };
};

/** A whole address where the slug belongs, as a template writes it that expects slugs: /in/https://www.linkedin.com/in/jane-doe. */
const addressBehind = ([, ...segments]: readonly string[]): string | null => {
  const bare = withoutScheme(decodePercents(segments.join('/')) ?? '');
  return address.test(bare) ? bare : null;
};

const readPage = (kind: LinkedinKind, segment: string): Reading<string> => {
  const slug = slugIn(segment);
  return namesNoPage[kind].test(slug) ? { refusal: notAPage[kind] } : readSlug(kind, slug);
};

/**
 * LinkedIn sends visitors of a page that is gone to `unavailable`, and readers to their own page by `me`; the others are
 * what programs write for no value. Each is in many rows, and would give all of them one record.
 */
const namesNoPage: Record<LinkedinKind, RegExp> = {
  company: /^(?:unavailable|null|undefined)$/i,
  person: /^(?:unavailable|null|undefined|me)$/i,
};

/** The slug of a segment that has more of the address behind it: `smec%2Fabout`, `smec%3Ftrk=x`, `smec&trk=x`. */
const slugIn = (segment: string): string => {
  const decoded = decodePercents(segment);
  return decoded === null ? segment : decoded.replace(/(?<=.)(?:[/?#]|&[a-z_]{1,40}=).*$/is, '');
};

/** Sales Navigator and Recruiter name companies by their number, and people by tokens. */
const readProduct = (kind: LinkedinKind, [section = '', name = '']: readonly string[]): Reading<string> => {
  if (/^(?:company|companies|account|accounts)$/i.test(section) && /^\d{1,15}$/.test(name)) {
    return kind === 'company' ? { value: name } : { refusal: notAPage.person };
  }
  if (/^(?:company|companies|account|accounts|search|lists|home)?$/i.test(section)) {
    return { refusal: notAPage[kind] };
  }
  return { refusal: kind === 'person' ? memberToken : personNotCompany };
};

const urn = /^urn(?::|%3A)li(?::|%3A)/i;

const readUrn = (kind: LinkedinKind, text: string): Reading<string> | null => {
  if (!urn.test(text)) return null;
  const [, type = '', id = ''] = /^urn:li:([a-z_]+):\(?([^,)]*)/i.exec(decodePercents(text) ?? '') ?? [];
  const isCompany = /^(?:organization|company|(?:fs|fsd)_(?:[a-z]*_)?[a-z]*(?:company|organization))$/i.test(
    type,
  );
  if (isCompany && /^\d{1,15}$/.test(id)) {
    return kind === 'company' ? { value: id } : { refusal: notAPage.person };
  }
  const isMember = /(?:member|person|profile|lead)$/i.test(type);
  if (isMember) return { refusal: kind === 'person' ? memberToken : personNotCompany };
  return { refusal: notAPage[kind] };
};

/**
 * Letters, digits and hyphens; older slugs also have other characters, and companies nearly all that exist, emoji
 * included. A comma only stands in front of a hyphen (smith,-jones): otherwise it separates two.
 */
const slugShape =
  /^(?=.*[\p{L}\p{N}\p{S}])(?:[\p{L}\p{N}\p{M}\p{So}\p{Sk}\p{Sc}+._&'’~!*()®-]|\u200C|\u200D|,(?=-)){1,150}$/u;

const readSlug = (kind: LinkedinKind, written: string): Reading<string> => {
  const decoded = decodePercents(written);
  const inner = decoded === null ? null : cleanText(decoded);
  if (inner === null) return { refusal: notAPage[kind] };
  const named = readUrn(kind, inner.text);
  if (named !== null) return named;
  // Slugs such as 1e3 exist, and have no plus sign.
  const number = kind === 'company' && inner.text.includes('+') ? readScientific(inner.text) : null;
  if (number !== null) return number;
  if (isToken(inner.text)) return { refusal: kind === 'person' ? memberToken : notAPage.company };
  // Spreadsheets write numbers with a decimal place.
  const slug = inner.text
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replace(kind === 'person' ? /\.+$/ : /(?<=^\d+)\.0+$/, '');
  if (!slugShape.test(slug)) return { refusal: notAPage[kind] };
  // What was removed may have been all that protected a quote or a bracket.
  return slug === written ? { value: slug } : readSlug(kind, slug);
};

/**
 * LinkedIn's tokens of members begin with their type and are followed by letters of both cases: ACwAA…, ACoAA…, AEMAA….
 * One of full length is recognized in lower case too, in which it names nobody.
 */
const isToken = (text: string): boolean =>
  (/^A[A-Z][A-Za-z0-9]AA[\w-]{5,}(?:,.*)?$/.test(text) && /[a-z]/.test(text)) ||
  /^(?:acwaa|acoaa|aemaa)[\w-]{34}$/.test(text);

const isPlaceholder = (text: string): boolean =>
  /^(?:none|null|nil|undefined|nan|unknown|unavailable|tbc|tbd)$/.test(text);

const notAPage: Record<LinkedinKind, string> = {
  company: 'This is not a LinkedIn company page: write https://www.linkedin.com/company/smec or just smec.',
  person: 'This is not a LinkedIn profile: write https://www.linkedin.com/in/name or just name.',
};
const personNotCompany = 'This is the LinkedIn page of a person, not of a company: look it up as a person.';
const memberToken =
  'This is a member token of LinkedIn, as Sales Navigator, Recruiter and their exports write it, and no provider looks up by it: open the profile and copy its address, https://www.linkedin.com/in/name.';
const oldAddress =
  'This is an old LinkedIn address (/pub/…), whose last parts distinguish people of one name: open it and copy the address of the profile.';
const shortened = 'This is a shortened link: open it and copy the address that it leads to.';
