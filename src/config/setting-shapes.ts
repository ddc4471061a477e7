import { isIP } from 'node:net';
import * as z from 'zod';
import { databaseUrlFault } from '../platform/database-url.js';
import { createNetworks, parseNetwork } from '../platform/networks.js';
import { isEncryptionKey } from '../platform/encryption-keys-file.js';
import { parseDurationSeconds } from '../platform/time.js';

/**
 * Shapes of the settings' texts. A message follows the variable's name and ends with what to do. It never contains the
 * value, which may be a secret that was pasted into the wrong line.
 */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max,
      `is not a whole number from ${min} to ${max}: set one, or remove the variable.`,
    )
    .transform(Number);

export const oneOf = <const Choice extends string>(choices: readonly Choice[]) =>
  z.enum(choices, `is none of ${choices.join(', ')}: set it to one of them, or remove the variable.`);

export const anyText = () => z.string();

/** A token as the gateway generates them. */
export const token = () =>
  z
    .string()
    .regex(
      /^fgw_[A-Za-z0-9_-]{40,128}$/,
      'is not a token: write fgw_ and at least 40 letters, digits, - or _ (echo fgw_$(openssl rand -hex 32)).',
    );

export const hostName = () =>
  z
    .string()
    .refine(
      (text) => isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text),
      'is not an address or a host name: set it to one such as 127.0.0.1.',
    );

export const databaseUrl = (server: 'primary' | 'standby' = 'primary') =>
  z.string().superRefine((text, context) => {
    const fault = databaseUrlFault(text, server);
    if (fault !== null) context.addIssue(fault);
  });

/** The URL of a proxy; without a scheme it is http. */
export const proxyUrl = () =>
  z
    .string()
    .transform((text) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`))
    .refine((text) => {
      const url = parsed(text);
      return (
        url !== null &&
        ['http:', 'https:'].includes(url.protocol) &&
        url.hostname !== '' &&
        [url.username, url.password].every((part) => /^(?:[^%]|%[0-9a-f]{2})*$/i.test(part))
      );
    }, 'is not the URL of an HTTP proxy: write it as http://proxy:3128 or http://user:password@proxy:3128, and percent-encode characters other than letters and digits.')
    .transform((text) => new URL(text));

/** The URL of an SMTP server, with the account in it. */
export const smtpUrl = () =>
  z
    .string()
    .refine((text) => {
      const url = parsed(text);
      return (
        url !== null &&
        ['smtp:', 'smtps:'].includes(url.protocol) &&
        url.hostname !== '' &&
        ['', '/'].includes(url.pathname) &&
        url.search === '' &&
        url.hash === '' &&
        [url.username, url.password].every((part) => /^(?:[^%]|%[0-9a-f]{2})*$/i.test(part)) &&
        (url.username === '') === (url.password === '')
      );
    }, 'is not the URL of an SMTP server: write it as smtp://user:password@mail.example.com:587 or smtps://…:465, and percent-encode characters other than letters and digits.')
    .transform((text) => new URL(text));

/** The sender of e-mail: an address, or a name with the address in angle brackets. */
export const emailSender = () =>
  z.string().transform((text, context) => {
    const [, name = '', inBrackets] = /^([^<>"\p{Cc}]{0,100}?)\s*<([^<>]+)>$/u.exec(text) ?? [];
    const address = z.email().safeParse(inBrackets ?? text);
    if (address.success) return { name: name.trim(), address: address.data };
    context.addIssue(
      'is not the sender of an e-mail: write it as alerts@example.com or Firmable gateway <alerts@example.com>.',
    );
    return z.NEVER;
  });

/** The URL without a trailing slash. */
export const serviceUrl = () =>
  z
    .string()
    .refine((text) => {
      const url = parsed(text);
      return (
        url !== null &&
        ['http:', 'https:'].includes(url.protocol) &&
        url.username === '' &&
        url.search === '' &&
        url.hash === ''
      );
    }, 'is not a plain http or https URL: write it without account, query and fragment, or remove the variable.')
    .transform((text) => text.replace(/\/+$/, ''));

/** A duration, in seconds. */
export const duration = (maxSeconds: number) =>
  z.string().transform((text, context) => {
    const seconds = parseDurationSeconds(text);
    if (seconds !== null && seconds <= maxSeconds) return seconds;
    context.addIssue(
      `is not a duration of at most ${maxSeconds / 86_400} days: write a number with s, m, h, d or w, such as 30d, or 0.`,
    );
    return z.NEVER;
  });

/** Credits by name, written as `FREE=100,STARTER=2000`. Each name occurs at most once. */
export const creditsByName = <const Name extends string>(names: readonly Name[]) =>
  z.string().transform((text, context) => {
    const credits: Partial<Record<Name, bigint>> = {};
    for (const part of text.split(',').map((one) => one.trim())) {
      if (part === '') continue;
      const [, written, amount] = /^(\w+)\s*=\s*(\d{1,9})$/.exec(part) ?? [];
      const name = names.find((one) => one === written);
      if (name === undefined || amount === undefined || credits[name] !== undefined) {
        context.addIssue(
          `is not of the form NAME=credits with each of ${names.join(', ')} at most once: write it as ${names[0]}=100,${names[1]}=2000.`,
        );
        return z.NEVER;
      }
      credits[name] = BigInt(amount);
    }
    return credits;
  });

/** Addresses and networks of proxies, comma-separated. Never all addresses, because then any client could choose its own. */
export const proxyNetworks = () =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => parseNetwork(part.trim())))
    .transform((networks, context) => {
      const known = networks.filter((network) => network !== null);
      const remedy = 'write addresses and networks such as 10.0.0.0/8 or fd00::/8, separated by commas.';
      if (known.length < networks.length) {
        const place = networks.indexOf(null) + 1;
        context.addIssue(`is not a list of addresses and networks (see entry ${place}): ${remedy}`);
      }
      if (known.some(({ bits }) => bits === 0))
        context.addIssue(
          `trusts every address, so that any client could choose the one that is logged: ${remedy}`,
        );
      return createNetworks(known);
    });

/**
 * Origins of web pages, comma-separated and each exactly as browsers write it in the header Origin, with which it is
 * compared. No wildcards: a subdomain that somebody else can take would be allowed as well.
 */
export const origins = () =>
  z.string().transform((text, context) => {
    const written = text.split(',').map((part) => part.trim());
    for (const [index, origin] of written.entries()) {
      const fault = originFault(origin);
      if (fault !== null) context.addIssue(`has ${fault} (see entry ${index + 1}): ${originRemedy}`);
    }
    return new Set(written);
  });

const originRemedy =
  'write each origin as browsers do, https://app.example.com or http://localhost:3000, separated by commas.';

const originFault = (origin: string): string | null => {
  if (origin === '') return 'an empty entry';
  if (origin === 'null') return 'the origin null, which any page can have';
  if (origin.includes('*')) return 'a wildcard, which is not supported';
  const url = parsed(origin);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return 'an entry that is no http or https origin';
  if (url.origin === origin) return null;
  if (url.pathname !== '/' || /[/?#]$/.test(origin) || url.search !== '' || url.hash !== '')
    return 'an origin with a path or a slash at its end';
  if (url.username !== '' || url.password !== '') return 'an origin with an account';
  if (url.port === '' && /:\d+$/.test(origin))
    return 'an origin with the default port, which browsers leave out';
  return 'an origin in another spelling (browsers write lower case, and xn-- for other letters than a to z)';
};

/** Keys of 32 bytes each, in base64, comma-separated. */
export const encryptionKeys = () =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine(
      (parts) => parts.every(isEncryptionKey),
      'contains a key that is not 32 bytes in base64: generate each with openssl rand -base64 32, and separate them by commas.',
    )
    .transform((parts) => parts.map((part) => Buffer.from(part, 'base64')));

const parsed = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);
