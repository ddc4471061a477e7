import { cleanText, type Reading, tooLong } from './clean-text.js';
import { readHost } from './read-domain.js';

/** An address alone, as nearly all are. */
const plainAddress = /^[a-z0-9][a-z0-9._+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}$/;

/**
 * An e-mail address in lower case, alone or with what address books write around it: a name, `mailto:`, brackets.
 * Refused is text without an address or with two.
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
    .split(/[;|]+|,(?=[^<]*(?:@|$))/)
    .map((part) => part.replace(/^[^<>@]*<([^<>]+)>[\s.]*$/, '$1').replace(/ \([^()@]*\)$/, ''))
    .map((part) => part.replace(/^[^()[\]@]* [([]([^()[\]]+@[^()[\]]+)[)\]]$/, '$1'))
    .flatMap((part) => (/^\S+@\S+(?:\s+\S+@\S+)+$/.test(part.trim()) ? part.trim().split(/\s+/) : [part]))
    .map(withoutMailto)
    .filter((part) => part !== '');

const withoutMailto = (part: string): string => {
  const clean = cleanText(part)?.text ?? '';
  const bare = clean.replace(/^mailto:(?:\/\/)?/i, '');
  if (bare === clean) return clean;
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
  const local = bare.slice(0, at);
  const domain = bare.slice(at + 1);
  // Labels such as `www` and `mail` are part of an e-mail domain.
  const host = at < 1 || !localShape.test(local) || !/^[^/?#:\\@]+$/.test(domain) ? null : readHost(domain);
  return host === null ? { refusal: notAnEmail } : { value: `${local}@${host}` };
};

const notAnEmail = 'This is not an e-mail address: write it like name@example.com.';
