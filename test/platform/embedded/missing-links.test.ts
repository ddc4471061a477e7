import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { missingLinks } from '../../../src/platform/embedded/find-binaries.js';
import { makeFolder } from '../../support/gateway.js';

it('lists the links that are missing after an install without scripts', () => {
  const { folder, remove } = makeFolder();
  try {
    const lib = path.join(folder, 'native', 'lib');
    mkdirSync(lib, { recursive: true });
    writeFileSync(path.join(lib, 'libpq.so.5.18'), '');
    symlinkSync('libpq.so.5.18', path.join(lib, 'libpq.so'));
    const links = ['native/lib/libpq.so', 'native/lib/libpq.so.5'].map((target) => ({
      source: 'native/lib/libpq.so.5.18',
      target,
    }));
    writeFileSync(path.join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    expect(missingLinks(folder)).toEqual(['native/lib/libpq.so.5']);
  } finally {
    remove();
  }
});
