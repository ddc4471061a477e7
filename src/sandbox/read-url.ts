/** The host of a web address in any spelling, without `www.`; null where it is none. */
export const domainOfUrl = (written: string): string | null => {
  const url = asUrl(written);
  return url === null ? null : withoutWww(url.hostname.replace(/\.$/, ''));
};

/** The name behind `/company/` or `/in/` in a LinkedIn address, in lower case; null for any other address. */
export const slugOfUrl = (written: string, section: 'company' | 'in'): string | null => {
  const url = asUrl(written);
  if (url === null || !/(^|\.)linkedin\.com$/.test(url.hostname)) return null;
  const [first, slug] = url.pathname.split('/').filter((part) => part !== '');
  return first === section && slug !== undefined ? slug.toLowerCase() : null;
};

export const withoutWww = (host: string): string => (host.startsWith('www.') ? host.slice(4) : host);

const asUrl = (written: string): URL | null => {
  const withScheme = /^https?:\/\//i.test(written) ? written : `https://${written}`;
  return URL.canParse(withScheme) ? new URL(withScheme) : null;
};
