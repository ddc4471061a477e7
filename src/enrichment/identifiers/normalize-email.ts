import { normalizeDomain } from './normalize-domain.js';

/** An e-mail address in lower case, without `mailto:` and angle brackets; null where it is not one. */
export const normalizeEmail = (text: string): string | null => {
  const bare = text
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1')
    .toLowerCase();
  const at = bare.lastIndexOf('@');
  const local = bare.slice(0, at);
  const domain = bare.slice(at + 1);
  if (at < 1 || local.length > 64 || !/^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+$/u.test(local)) return null;
  // `www.` is a prefix of sites only; in an e-mail address it is part of the domain.
  const host = /^[^/?#:\\]+$/.test(domain) ? normalizeDomain(`x.${domain}`)?.slice(2) : undefined;
  return host?.includes('.') === true ? `${local}@${host}` : null;
};
