const paths = {
  company: /^\/(?:company|school|showcase|organization)\/([^/]+)/i,
  // Old addresses like /pub/name/1/2/3 separate people of one name by what follows it.
  person: /^\/(?:in\/([^/]+)|pub\/([^/]+)\/*$)/i,
} as const;
/** Prefixes that a slug may still have. */
const prefixes = { company: /^\/?company\//i, person: /^\/?in\//i } as const;

// LinkedIn slugs are letters, digits and hyphens; older ones also hold other letters, underscores, dots and the like.
const slugShape = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._&'’+~!-]{0,149}$/u;
/** Most inputs are plain slugs already. */
const plainSlug = /^[a-z0-9][a-z0-9_-]{0,149}$/;

/** No address is longer; a longer text could make the patterns slow. */
const lengthMax = 2_000;

export type LinkedinKind = keyof typeof paths;

/**
 * The slug of a LinkedIn page, from its URL (any country's subdomain, with or without scheme) or from the slug itself,
 * in lower case. Null for anything else, and for a page of the other kind.
 */
export const normalizeLinkedin = (kind: LinkedinKind, text: string): string | null => {
  if (plainSlug.test(text)) return text;
  if (text.length > lengthMax) return null;
  const trimmed = text.trim();
  const url = /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)*linkedin\.com(\/[^?#]*)?/i.exec(trimmed);
  const path = paths[kind].exec(url?.[1] ?? '');
  const part =
    url === null ? trimmed.replace(/^@/, '').replace(prefixes[kind], '') : (path?.[1] ?? path?.[2]);
  if (part === undefined) return null;
  const slug = decode(part.replace(/\/+$/, ''))?.normalize('NFC').toLowerCase() ?? '';
  // A bare domain is not a slug: `smec.com` belongs in the field `domain`. In an address it is one: /company/booking.com.
  const isDomain = url === null && /\.[a-z]{2,}$/.test(slug);
  return slugShape.test(slug) && !isDomain ? slug : null;
};

/**
 * The slug in a record or in the ledger, which is certainly a slug: one that looks like a domain (`booking.com`) is
 * accepted. Text that may be an address is read as one.
 */
export const normalizeKnownSlug = (kind: LinkedinKind, text: string): string | null =>
  normalizeLinkedin(kind, text) ??
  (/[/?#%]/.test(text) ? null : normalizeLinkedin(kind, addressOfSlug(kind, text.trim())));

/** The address of a page, which is unambiguous. */
export const addressOfSlug = (kind: LinkedinKind, slug: string): string =>
  `https://www.linkedin.com/${kind === 'company' ? 'company' : 'in'}/${slug}`;

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};
