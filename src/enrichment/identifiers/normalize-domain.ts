import { domainToASCII } from 'node:url';

const hostShape =
  /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
/** What is its own ASCII form, as nearly all are: such a host without labels that stand for other alphabets. */
const plainShape = /^(?!.*xn--)(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/**
 * The bare domain in any spelling of a site: `HTTPS://WWW.Smec.com:443/au?x#y`, `smec.com.` and `smec.com` are all
 * `smec.com`; internationalised names become their ASCII form. Null for anything that names no public site.
 */
export const normalizeDomain = (text: string): string | null => {
  // Most are bare already.
  if (plainShape.test(text) && !text.startsWith('www')) return text;
  const host = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^\/\//, '')
    .replace(/[/?#\\].*$/s, '');
  // No address with a user's name or password in it is a company's site, and an @ mostly means an e-mail address.
  if (host.includes('@')) return null;
  const name = host.replace(/:\d{1,5}$/, '').replace(/\.$/, '');
  const ascii = plainShape.test(name) ? name : domainToASCII(name).toLowerCase();
  const bare = ascii.replace(/^www\d?\.(?=[^.]+\.)/, '');
  return hostShape.test(bare) ? bare : null;
};
