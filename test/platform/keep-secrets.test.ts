import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { keepSecrets } from '../../src/platform/keep-secrets.js';
import { makeFolder } from '../support/gateway.js';

let remove = (): void => {};
afterEach(() => remove());

const emptyFolder = (): string => {
  const made = makeFolder();
  remove = made.remove;
  return made.folder;
};

it('makes one secret of 32 bytes on the first start, for its owner only, and finds it again', () => {
  const folder = emptyFolder();
  const made = keepSecrets(folder);
  expect(made.map((secret) => secret.length)).toEqual([32]);
  expect(keepSecrets(folder)).toEqual(made);
  expect(readdirSync(folder)).toEqual(['secrets']);
  expect(statSync(path.join(folder, 'secrets')).mode & 0o777).toBe(0o600);
});

it('does not hide lost secrets behind new ones', () => {
  const folder = emptyFolder();
  mkdirSync(path.join(folder, 'postgres'));
  expect(() => keepSecrets(folder)).toThrow(/secrets is missing.*restore it from your backup/);
  expect(readdirSync(folder)).toEqual(['postgres']);
});

it('refuses a spoilt file without telling what it holds', () => {
  const folder = emptyFolder();
  writeFileSync(path.join(folder, 'secrets'), 'canary\n');
  expect(() => keepSecrets(folder)).toThrow(/^(?!.*canary).*32 bytes in base64/);
});
