import { domainToASCII } from 'node:url';

const hostShape =
  /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
/** A host that is its own ASCII form, as nearly all are: without labels in other alphabets. */
const plainShape = /^(?!.*xn--)(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/**
 * The bare domain in any spelling of a site: `HTTPS://WWW.Smec.com:443/au?x#y`, `smec.com.` and `smec.com` are all
 * `smec.com`; internationalized names become their ASCII form. Null for anything that is not a public site.
 */
export const normalizeDomain = (text: string): string | null => {
  // Most inputs are bare already.
  if (plainShape.test(text) && !text.startsWith('www')) return text;
  const host = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^\/\//, '')
    .replace(/[/?#\\].*$/s, '');
  // A URL with a user name or password is not a company's site, and an @ usually means an e-mail address.
  if (host.includes('@')) return null;
  const name = host.replace(/:\d{1,5}$/, '').replace(/\.$/, '');
  const ascii = plainShape.test(name) ? name : domainToASCII(name).toLowerCase();
  const bare = ascii.replace(/^www\d?\.(?=[^.]+\.)/, '');
  return hostShape.test(bare) ? bare : null;
};
