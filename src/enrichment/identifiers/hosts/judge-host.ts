import { parse } from 'tldts';
import { isFreeMail } from './free-mail.js';
import { isGenericLabel } from './generic-labels.js';
import { privateRegistries } from './private-registries.js';
import { type HostKind, sharedHosts } from './shared-hosts.js';

/** A host that is one company's. `domain` is the host without labels that say nothing. */
export type OwnHost = { domain: string; registrableDomain: string };

/**
 * Whether a host, in its ASCII form, is one company's, and which domain stands for it; a sentence that says why it is not.
 * `hasPath`: whether a path follows it in the address.
 *
 * The domain is a stored lookup key, and depends on the public suffix list of the pinned version of tldts. So an update
 * of tldts is a change of stored data. The test of this file fails on a new list, lists the keys that it pins, and says
 * what to do: if none of them moved, record the list's new hash. If a suffix was added or removed, the domains below it
 * change their key; write a migration that adds the new key to their unlocks, as drop_generic_labels_of_domains does.
 * Until then such an unlock is still found by its other identifiers, and its record is still charged once, because a
 * charge belongs to the provider's own id of the record.
 */
export const judgeHost = (host: string, hasPath: boolean): OwnHost | { refusal: string } => {
  if (reservedTops.has(host.slice(host.lastIndexOf('.') + 1))) return { refusal: reserved(host) };
  const { suffix, isHosting } = suffixOf(host);
  if (host === suffix || isWwwOf(host, suffix)) {
    return { refusal: isHosting ? hosted(host, host, 'SITES') : publicSuffix(suffix) };
  }
  if (isHosting) return { refusal: hosted(host, suffix, 'SITES') };
  const freeMail = parentsOf(host).find(isFreeMail);
  if (freeMail !== undefined) return { refusal: mailProvider(freeMail) };

  const registrableDomain = host
    .split('.')
    .slice(-suffix.split('.').length - 1)
    .join('.');
  const domain = withoutGenericLabels(host, registrableDomain);
  const shared = sharedHostOf(host, domain, hasPath);
  return shared === null
    ? { domain, registrableDomain }
    : { refusal: hosted(host, shared.host, shared.kind) };
};

/** The registrable domain of a domain, such as harbourline.com.au of au.harbourline.com.au. */
export const registrableDomainOf = (domain: string): string => {
  const { suffix } = suffixOf(domain);
  return domain
    .split('.')
    .slice(-suffix.split('.').length - 1)
    .join('.');
};

/** Whether it is a suffix under which others register domains, such as com.au. */
export const isPublicSuffix = (host: string): boolean => suffixOf(host).suffix === host;

/** Whether the host shows pages of others, at least behind a path: a record that has it as its website may not own it. */
export const showsPagesOfOthers = (host: string): boolean =>
  parentsOf(host).some((parent) => places.has(parent));

const suffixOf = (host: string): { suffix: string; isHosting: boolean } => {
  const { publicSuffix, isPrivate } = parse(host, {
    allowPrivateDomains: true,
    extractHostname: false,
    validateHostname: false,
  });
  const suffix = publicSuffix ?? host;
  return { suffix, isHosting: isPrivate === true && !privateRegistries.has(suffix) };
};

const isWwwOf = (host: string, suffix: string): boolean =>
  suffix.includes('.') && /^www\d?\./.test(host) && host.slice(host.indexOf('.') + 1) === suffix;

/** Top-level domains that no public site has. `example` and `test` are for documents and tests. */
const reservedTops: ReadonlySet<string> = new Set(
  'local localhost localdomain internal intranet invalid lan home corp onion arpa'.split(' '),
);

/** Generic labels are dropped from the left, down to the registrable domain. */
const withoutGenericLabels = (host: string, registrableDomain: string): string => {
  let domain = host;
  while (domain.length > registrableDomain.length && isGenericLabel(domain.split('.', 1)[0] ?? '')) {
    domain = domain.slice(domain.indexOf('.') + 1);
  }
  return domain;
};

/** The host and its parents, down to two labels. */
const parentsOf = (host: string): string[] => {
  const labels = host.split('.');
  return labels.slice(0, -1).map((_, from) => labels.slice(from).join('.'));
};

type Place = { kind: HostKind; place: 'whole' | 'below' | 'behindPaths' };

const places: ReadonlyMap<string, readonly Place[]> = (() => {
  const found = new Map<string, Place[]>();
  const kinds = ['SOCIAL', 'SHORTENER', 'JOBS', 'SITES', 'DOCUMENTS', 'APPS', 'DIRECTORY'] as const;
  for (const kind of kinds) {
    for (const place of ['whole', 'below', 'behindPaths'] as const) {
      for (const host of (sharedHosts[kind][place] ?? []).flatMap((line) => line.split(' '))) {
        found.set(host, [...(found.get(host) ?? []), { kind, place }]);
      }
    }
  }
  return found;
})();

const sharedHostOf = (
  host: string,
  domain: string,
  hasPath: boolean,
): { host: string; kind: HostKind } | null => {
  const applies = (parent: string, { place }: Place): boolean => {
    if (place === 'whole') return true;
    if (place === 'behindPaths') return hasPath;
    // app.parent.com is the vendor's own; app.parent.com/harbourline may be a page that a customer has there.
    return domain !== parent || (hasPath && withoutWww(host) !== parent);
  };
  for (const parent of parentsOf(host)) {
    const found = places.get(parent)?.find((place) => applies(parent, place));
    if (found !== undefined) return { host: parent, kind: found.kind };
  }
  return null;
};

const withoutWww = (host: string): string => host.replace(/^w{2,4}\d?\./, '');

const instead = "Use the company's own domain, its LinkedIn page or its ABN.";

const what: Record<HostKind, string> = {
  SOCIAL: 'is a social network, which has pages of many companies',
  SHORTENER:
    'shortens or collects links, so it names no company: open the link and use the domain it leads to',
  JOBS: 'lists jobs of many companies',
  SITES: 'hosts pages of many companies',
  DOCUMENTS: 'hosts documents of many companies',
  APPS: 'lists apps of many companies',
  DIRECTORY: 'is a directory of many companies',
};

const hosted = (host: string, shared: string, kind: HostKind): string => {
  const subject =
    host === shared || host === `www.${shared}` ? shared : `${host} belongs to ${shared}, which`;
  return `${subject} ${what[kind]}. ${instead}`;
};

const publicSuffix = (suffix: string): string =>
  `${suffix} is a public suffix, under which many companies have their domains. Write the whole domain, such as company.${suffix}.`;

const mailProvider = (domain: string): string =>
  `${domain} is an e-mail provider, at which anybody has an address, so it names no company. ${instead}`;

const reserved = (host: string): string =>
  `${host} is a name of a private network, not a public domain. ${instead}`;
