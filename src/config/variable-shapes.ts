import { isIP } from 'node:net';
import { z } from 'zod';
import { isEncryptionKey } from '../platform/encryption-keys-file.js';
import { parseDurationSeconds } from '../platform/time.js';

/**
 * Shapes of environment variables. Each message goes on after the variable's name, and ends with what to do; none
 * repeats the value, for it may be a secret that was pasted into the wrong line.
 */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `is not a whole number from ${least} to ${most}: set one, or leave it out.`,
    )
    .transform(Number);

export const oneOf = <const Choice extends string>(choices: readonly Choice[]) =>
  z.enum(choices, `is none of ${choices.join(', ')}: set it to one of them, or leave it out.`);

export const someText = () => z.string();

export const hostName = () =>
  z
    .string()
    .refine(
      (text) => isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text),
      'is not an address or a host name: set it to one such as 127.0.0.1.',
    );

export const databaseUrl = () =>
  z.string().refine((text) => {
    const url = parsed(text);
    return (
      url !== null &&
      ['postgres:', 'postgresql:'].includes(url.protocol) &&
      url.hostname !== '' &&
      url.pathname.length > 1 &&
      [url.username, url.password, url.hostname, url.pathname].every(isPercentEncoded)
    );
  }, 'is not the address of a database: write it as postgres://user:password@host:5432/database, with signs other than letters and digits percent-encoded.');

/** Without a slash at its end. */
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
    }, 'is not a plain http or https address: write it without account, query and fragment, or leave it out.')
    .transform((text) => text.replace(/\/+$/, ''));

/** Seconds. */
export const duration = (mostSeconds: number) =>
  z.string().transform((text, context) => {
    const seconds = parseDurationSeconds(text);
    if (seconds !== null && seconds <= mostSeconds) return seconds;
    context.addIssue(
      `is not a time up to ${mostSeconds / 86_400} days: write a number with s, m, h, d or w, such as 30d, or 0.`,
    );
    return z.NEVER;
  });

/** Credits by name, written as `FREE=100,STARTER=2000`; each of the names at most once. */
export const creditsOf = <const Name extends string>(names: readonly Name[]) =>
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

/** 32 bytes each, in base64, comma-separated. */
export const secretList = () =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine(
      (parts) => parts.every(isEncryptionKey),
      'holds something that is not 32 bytes in base64: make each with openssl rand -base64 32, and separate them by commas.',
    )
    .transform((parts) => parts.map((part) => Buffer.from(part, 'base64')));

const parsed = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

const isPercentEncoded = (text: string): boolean => {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
};
