import { domainToASCII } from 'node:url';
import { cleanText, decodePercents, type Reading, tooLong, withoutScheme } from './clean-text.js';
import { judgeHost } from './hosts/judge-host.js';

const hostShape =
  /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
/** A host that is its own ASCII form, as nearly all are: without labels in other alphabets. */
const plainShape = /^(?!.*xn--)(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/**
 * The domain that stands for a company, in any spelling of its site: `HTTPS://WWW.Smec.com:443/au?x#y`, `smec.com.`,
 * `"smec.com"` and `careers.smec.com` are all `smec.com`; internationalized names become their ASCII form. Refused are
 * text without a domain or with two, hosts of other people's pages, e-mail providers, public suffixes and schemes other
 * than http.
 */
export const readDomain = (text: string): Reading<string> => {
  // Most inputs are bare already.
  if (plainShape.test(text)) return judged({ host: text, hasPath: false });
  const clean = cleanText(text);
  if (clean === null) return tooLong;
  const [first, ...rest] = [...partsOf(clean.text), ...hostsIn(clean.label)];
  if (first === undefined) return notADomain;
  const reading = readOne(first);
  if (rest.length === 0) return reading;
  const names = [first, ...rest].map(nameOf);
  if (names.some((name) => name === null)) return 'refusal' in reading ? reading : notADomain;
  const [name, other] = [...new Set(names)];
  return other == null ? reading : { refusal: twoDomains(name ?? '', other) };
};

const readOne = (part: string): Reading<string> => {
  const address = readAddress(part);
  return 'refusal' in address ? address : judged(address);
};

const judged = (address: Address): Reading<string> => {
  const result = judgeHost(address.host, address.hasPath);
  return 'refusal' in result ? result : { value: result.domain };
};

/** What two parts of a text are compared by: the domain, or the host where it is refused. */
const nameOf = (part: string): string | null => {
  const address = readAddress(part);
  if ('refusal' in address) return null;
  const domain = judged(address);
  return 'value' in domain ? domain.value : address.host;
};

/** The host of an address, without a judgement on whose it is; null where there is none. */
export const hostIn = (text: string): string | null => {
  const [part = ''] = partsOf(cleanText(text)?.text ?? '');
  const address = readAddress(part);
  return 'host' in address ? address.host : null;
};

/** The words of a link may be a host themselves, and another than the link leads to. */
const hostsIn = (label: string | null): string[] =>
  label !== null && /^(?:[\w-]+\.)+[a-z]{2,}$/i.test(label) ? [label] : [];

/** The addresses in a text. A comma in a path does not separate any. */
const partsOf = (text: string): string[] =>
  (/^https?%3A/i.test(text) ? (decodePercents(text) ?? text) : text)
    // Bullets and emphasis of documents, and encoded blanks.
    .replace(/^[•·‣◦▪●○*–—] /, '')
    .replace(/^(\*{1,3}|_{2,3}|~~)(.+)\1$/, '$2')
    .replace(/^(?:%20|%09|%0A|%0D|%C2%A0)+|(?:%20|%09|%0A|%0D|%C2%A0)+$/gi, '')
    .replace(/^(?:website|web|homepage|domain|site|url)\s?[:=]\s?(?=\S)/i, '')
    // A blank after a mistyped scheme belongs to it.
    .replace(/^(https?:[/\\]*) /i, '$1')
    // `Harbourline <https://harbourline.example>` and `harbourline.example (AU)`.
    .replace(/^[^<>.@]*<([^<>]+)>$/, '$1')
    .replace(/ \([^().@/]*\)$/, '')
    .split(' ')
    .filter((chunk) => !/^(?:[,;|&+/-]+|and|or)$/i.test(chunk))
    .map((chunk) => (withoutScheme(chunk) === chunk ? chunk : `https://${withoutScheme(chunk)}`))
    .flatMap((chunk) => chunk.split(/[/?#\\]/.test(withoutScheme(chunk)) ? betweenUrls : betweenHosts))
    .filter((part) => /[^\s,;|&+/-]/.test(part));

const betweenHosts = /[,;|]+/;
const betweenUrls = /(?<![,;|])[,;|]+(?=https?:|www\.)/i;

type Address = { host: string; hasPath: boolean };

const readAddress = (part: string): Address | { refusal: string } => {
  // What has a dot in front of a colon alone is a host: harbourline.example:port.
  const otherScheme = /^(?!https?:)([a-z](?:[a-z0-9+.-]{1,30}(?=:\/\/)|[a-z0-9+-]{1,30}(?=:[^\d/])))/i.exec(
    part,
  )?.[1];
  const bare = withoutScheme(part).replace(/^@(?=[^@]*$)/, '');
  if (otherScheme !== undefined && bare === part) {
    return { refusal: otherScheme.toLowerCase() === 'mailto' ? anEmail : otherAddress(otherScheme) };
  }
  const end = bare.search(/[/?#\\]/);
  const authority = end === -1 ? bare : bare.slice(0, end);
  // A URL with a user name or password is not a company's site, and an @ usually means an e-mail address.
  if (authority.includes('@')) return { refusal: bare === part ? anEmail : withUser };
  const host = readHost(authority.replace(/:\d{0,5}$/, ''));
  if (host !== null) return { host, hasPath: end !== -1 && /[^/\\]/.test(pathOf(bare.slice(end))) };
  return isIpAddress(authority) ? { refusal: anIpAddress } : notADomain;
};

const pathOf = (rest: string): string => rest.replace(/[?#].*$/s, '');

/** The ASCII form of a public host; null for anything else. Labels in front of its domain stay. */
export const readHost = (text: string): string | null => {
  if (plainShape.test(text)) return text;
  if (text.length > hostCharactersMax) return null;
  const name = text.replace(/[.!?:…]{1,20}$/, '').replace(/^\.(?=[^.])/, '');
  const ascii = plainShape.test(name) ? name : domainToASCII(name).toLowerCase();
  return hostShape.test(ascii) ? ascii : null;
};

/** A label of 63 ASCII characters has fewer in other alphabets, and more in percent signs. */
const hostCharactersMax = 1_000;

const isIpAddress = (authority: string): boolean =>
  /^\[[\da-f:.]+\]/i.test(authority) || /^(?:\d{1,3}\.){3}\d{1,3}(?::\d*)?$/.test(authority);

const notADomain = {
  refusal: 'This is not a domain: write it like smec.com, or as a URL of the site.',
};
const anEmail =
  'This is an e-mail address, not a domain: look up the person by it, or send the part behind the @ as the domain.';
const withUser = 'This address has a user name in front of an @: send the domain alone.';
const anIpAddress = 'An IP address names no company: send its domain.';
const otherAddress = (scheme: string): string =>
  `This is an address of the scheme ${scheme}, not of a website: send the domain, or an address that begins with https://.`;
const twoDomains = (one: string, other: string): string =>
  `This has more than one domain (${one}, ${other}): send one lookup for each.`;
