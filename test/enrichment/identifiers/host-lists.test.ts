import { describe, expect, it } from 'vitest';
import { freeMailDomains } from '../../../src/enrichment/identifiers/hosts/free-mail.js';
import { genericLabels } from '../../../src/enrichment/identifiers/hosts/generic-labels.js';
import { privateRegistries } from '../../../src/enrichment/identifiers/hosts/private-registries.js';
import { sharedHosts } from '../../../src/enrichment/identifiers/hosts/shared-hosts.js';
import { readDomain } from '../../../src/enrichment/identifiers/read-domain.js';
import { refusalOf, valueOf } from './value-of.js';

const hostsOf = (place: 'whole' | 'below' | 'behindPaths'): string[] =>
  Object.values(sharedHosts).flatMap((hosts) => (hosts[place] ?? []).flatMap((line) => line.split(' ')));

const repeated = (names: readonly string[]): string[] =>
  names.filter((name, index) => names.indexOf(name) !== index);

describe('the lists of hosts', () => {
  it('have plain names, each once', () => {
    for (const place of ['whole', 'below', 'behindPaths'] as const) {
      expect([place, repeated(hostsOf(place))]).toEqual([place, []]);
      expect(hostsOf(place).filter((host) => !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host))).toEqual([]);
    }
    expect([...freeMailDomains].filter((host) => !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host))).toEqual([]);
  });

  it('refuse a host that shows pages of others, and every host below it', () => {
    const accepted = hostsOf('whole').filter(
      (host) =>
        valueOf(readDomain(host)) !== null || valueOf(readDomain(`https://harbourline.${host}/x`)) !== null,
    );
    expect(accepted).toEqual([]);
  });

  it('refuse the hosts of customers, and accept the site of the company that runs them', () => {
    const wrong = hostsOf('below').filter(
      (host) =>
        valueOf(readDomain(`https://harbourline.${host}`)) !== null ||
        valueOf(readDomain(`https://www.${host}`)) !== host,
    );
    expect(wrong).toEqual([]);
  });

  it('refuse a page behind a path, and accept the site of the company that runs it', () => {
    const wrong = hostsOf('behindPaths').filter(
      (host) =>
        valueOf(readDomain(`https://www.${host}/harbourline`)) !== null ||
        valueOf(readDomain(`https://${host}/?utm=1`)) !== host,
    );
    expect(wrong).toEqual([]);
  });

  it('refuse every e-mail provider', () => {
    expect([...freeMailDomains].filter((host) => valueOf(readDomain(host)) !== null)).toEqual([]);
  });

  it.each(
    [
      'outlook.fr outlook.com.br hotmail.ca hotmail.co.uk yahoo.ie yahoo.com.au yahoo.co.jp gmx.fr gmx.net zohomail.com.au',
      'live.se live.com.au live.co.uk live.com yandex.kz yandex.com.tr y7mail.com ymail.com',
    ].flatMap((line) => line.split(' ')),
  )('refuse the e-mail provider %s', (domain) => {
    expect(refusalOf(readDomain(`www.${domain}`))).toContain(`${domain} is an e-mail provider`);
  });

  it.each([
    ['outlook.harbourline.com.au', 'outlook.harbourline.com.au'],
    ['outlook.smec.au', 'outlook.smec.au'],
    ['outlookindia.com', 'outlookindia.com'],
    ['live.org', 'live.org'],
    ['live.events', 'live.events'],
    ['live.harbourline.com', 'live.harbourline.com'],
    ['yandex.cloud', 'yandex.cloud'],
    ['zoho.com', 'zoho.com'],
    ['ymail.fr', 'ymail.fr'],
  ])('accept %s, which no e-mail provider has', (text, domain) => {
    expect(valueOf(readDomain(text))).toBe(domain);
  });

  it('accept a domain at every registry of the private section, and refuse the registry itself', () => {
    const wrong = [...privateRegistries].filter(
      (suffix) =>
        valueOf(readDomain(`www.harbourline.${suffix}`)) !== `harbourline.${suffix}` ||
        !refusalOf(readDomain(suffix)).includes('is a public suffix'),
    );
    expect(wrong).toEqual([]);
  });

  it('have no label that is a country of a multinational company', () => {
    const countries =
      'au nz sg my id ph hk jp vn kr th us ca uk ie de fr it es nl be ch at se no dk fi pl cn in za br';
    expect(countries.split(' ').filter((label) => genericLabels.has(label))).toEqual([]);
  });
});
