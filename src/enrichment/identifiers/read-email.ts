import { cleanText, type Reading, tooLong } from './clean-text.js';
import { isPublicSuffix } from './hosts/judge-host.js';
import { readHost } from './read-domain.js';

/** An address alone, as nearly all are. */
const plainAddress = /^[a-z0-9][a-z0-9._+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}$/;

/**
 * An e-mail address in lower case, alone or with what address books write around it: a name, `mailto:`, `smtp:` of
 * Exchange, brackets. Refused is text without an address or with two, and an address at a public suffix.
 */
export const readEmail = (text: string): Reading<string> => {
  if (plainAddress.test(text)) return readOne(text);
  const clean = cleanText(text);
  if (clean === null) return tooLong;
  const parts = partsOf(clean.text.replaceAll('\uFF20', '@'));
  const [reading = { refusal: notAnEmail }, ...others] = parts.map(readOne);
  if ('refusal' in reading) return reading;
  const isOne = others.every((other) => 'value' in other && other.value === reading.value);
  return isOne ? reading : { refusal: 'This has more than one e-mail address: send one lookup for each.' };
};

/** The addresses of a list. A name stands in front of an address in angle brackets, or is bracketed itself. */
const partsOf = (text: string): string[] =>
  text
    .replace(/^(?:e-?mail|mail)\s?[:=]\s?/i, '')
    .replace(/^(?:(?:work|private|personal) e-?mail|e-?mail address|address|to|cc|bcc|from)\s?:\s?/i, '')
    .split(/[;|]+|,(?=[^<]*(?:@|$))/)
    .map((part) => part.replace(/^[^<>@]*<([^<>]+)>[\s.]*$/, '$1').replace(/ \([^()@]*\)$/, ''))
    .map((part) => part.replace(/^[^()[\]@]* [([]([^()[\]]+@[^()[\]]+)[)\]]$/, '$1'))
    .flatMap((part) => (/^\S+@\S+(?:\s+\S+@\S+)+$/.test(part.trim()) ? part.trim().split(/\s+/) : [part]))
    .map((part) => part.trim().replace(named, ''))
    .map(withoutMailto)
    .filter((part) => part !== '');

/**
 * Behind a name of two words or more, without brackets. One word may be a part of the address: `mara ellery@` is more
 * often mara.ellery@ than Mara's ellery@.
 */
const named = /^\s*(?:\p{L}[\p{L}\p{M}.'’-]{0,60}\s+){2,6}(?:[-–—:]\s+)?(?=[^\s@]+@[^\s@]+$)/u;

const withoutMailto = (part: string): string => {
  // The blanks of a link that was copied with its percent signs.
  const clean = (cleanText(part)?.text ?? '').replace(/^((?:mailto:)?)(?:%20)+|(?:%20)+(?=\?|$)/gi, '$1');
  const bare = clean.replace(/^mailto:(?:\/\/)?/i, '');
  if (bare === clean) return clean.replace(/^smtp:/i, '').replace(/:$/, '');
  const [address = ''] = bare.split('?', 1);
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};

const localShape = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}$/u;

const readOne = (part: string): Reading<string> => {
  const bare = part.normalize('NFC').toLowerCase().normalize('NFC');
  const at = bare.lastIndexOf('@');
  // Phones and word processors write ’ for an apostrophe.
  const local = bare.slice(0, at).replace(/[‘’]/g, "'");
  const domain = bare.slice(at + 1);
  // Labels such as `www` and `mail` are part of an e-mail domain.
  const host = at < 1 || !localShape.test(local) || !/^[^/?#:\\@]+$/.test(domain) ? null : readHost(domain);
  if (host === null) return { refusal: notAnEmail };
  if (/^\.|\.\.|\.$/.test(local)) return { refusal: misplacedDot };
  return isRegistry(host) ? { refusal: atPublicSuffix(host) } : { value: `${local}@${host}` };
};

/** Governments and schools have addresses at public suffixes of their own, such as sa.gov.au. */
const isRegistry = (host: string): boolean =>
  /^(?:com|co|net|org|id|asn|ltd|plc|me|web|info|biz|firm|gen|geek|or|ne)\.[a-z]{2}$/.test(host) &&
  isPublicSuffix(host);

const notAnEmail = 'This is not an e-mail address: write it like name@example.com.';
const misplacedDot =
  'The part before the @ begins or ends with a dot, or has two in a row, which no address has: compare it with the source.';
const atPublicSuffix = (host: string): string =>
  `${host} is a public suffix, at which nobody has an address. Write the whole domain, such as name@company.${host}.`;
