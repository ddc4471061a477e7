/**
 * The path of a request's target, as RFC 3986 (6.2.2) and RFC 9112 (3.2) compare them: without the origin that proxies
 * send, without query, dot segments, repeated and trailing slashes, and with unreserved characters decoded. Case matters.
 */
export const pathOf = (target: string): string => {
  if (plainPaths.test(target)) return target;
  const address = target.startsWith('/') ? `http://localhost${target}` : target;
  if (!URL.canParse(address)) return target;
  const path = new URL(address).pathname
    .replaceAll(/%[0-9a-f]{2}/gi, decodeUnreserved)
    .replaceAll(/\/+/g, '/');
  return path.length > 1 ? path.replace(/\/$/, '') : path;
};

/** The query of a request's target, with its question mark; empty if there is none. */
export const queryOf = (target: string): string => /\?[^#]*/.exec(target)?.[0] ?? '';

/** The path of PUBLIC_URL without a slash at its end: '' or '/gateway'. */
export const basePathOf = (publicUrl: string | null): string =>
  publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '');

/** A request's target without the base path: some proxies remove it, others send it along. */
export const withoutBase = (target: string, basePath: string): string => {
  if (basePath === '' || !target.startsWith(basePath)) return target;
  const rest = target.slice(basePath.length);
  if (rest.startsWith('/')) return rest;
  return rest === '' || rest.startsWith('?') ? `/${rest}` : target;
};

const plainPaths = /^\/[a-z]*$/;

const decodeUnreserved = (encoded: string): string => {
  const char = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return /[A-Za-z0-9._~-]/.test(char) ? char : encoded;
};
