import { describe, expect, it, onTestFinished } from 'vitest';
import { createProviders, providerNames } from '../../src/providers/catalogue.js';
import { createLog } from '../../src/platform/log.js';

const keys = {
  FIRMABLE: 'fbl_abcdefgh',
  PEOPLE_DATA_LABS: '0123456789abcdef'.repeat(4),
  APOLLO: 'aBcDeFgHiJkLmNoPqRs-_2',
};

const open = () => {
  const providers = createProviders({ log: createLog('silent'), sandboxUrls: {} });
  onTestFinished(async () => {
    await Promise.all(Object.values(providers).map((provider) => provider.close()));
  });
  return providers;
};

describe.each(providerNames)('a key of %s', (name) => {
  const key = keys[name];

  it.each([
    key,
    `  ${key}\n`,
    `Bearer ${key}`,
    `bearer   ${key}`,
    `"${key}"`,
    `“${key}”`,
    `‘Bearer ${key}’`,
    `Bearer "${key}"`,
    `\uFEFF\`${key}\`\u00A0`,
  ])('is found in %j', (pasted) => {
    expect(open()[name].parseKey(pasted)).toBe(key);
  });

  it.each([
    '',
    'fbl_',
    'fbl_short',
    'short',
    'fgw_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    'whsec_abcdefghijklmnopqrstuvwxyz0123456789',
    'other_sandbox_demo_0123456789',
    'fbl_abc defgh',
    `${key}\r\nx-evil: 1`,
    `${key} ${key}`,
    'a'.repeat(500),
  ])('is not found in %j', (pasted) => {
    expect(open()[name].parseKey(pasted)).toBeNull();
  });

  it("is not one of another provider's, nor of its sandbox's", () => {
    const providers = open();
    for (const other of providerNames.filter((one) => one !== name)) {
      expect(providers[other].parseKey(key)).toBeNull();
      expect(providers[other].parseKey(providers[name].sandboxKey)).toBeNull();
      expect(providers[other].isSandboxKey(providers[name].sandboxKey)).toBe(false);
    }
  });

  it('of its sandbox is accepted, and recognized by its prefix', () => {
    const provider = open()[name];
    expect(provider.parseKey(` ${provider.sandboxKey} `)).toBe(provider.sandboxKey);
    expect(provider.isSandboxKey(provider.sandboxKey)).toBe(true);
    expect(provider.isSandboxKey(key)).toBe(false);
    expect(provider.isSandboxKey('fbl_sandboxer1')).toBe(false);
  });

  it('has a help text that says how to get one', () => {
    expect(open()[name].keyHelp).toMatch(/key/i);
  });
});
