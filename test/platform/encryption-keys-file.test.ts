import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { GatewayError } from '../../src/errors.js';
import { readOrCreateEncryptionKeys } from '../../src/platform/encryption-keys-file.js';
import { makeFolder } from '../support/gateway.js';

let remove = (): void => {};
afterEach(() => remove());

const emptyFolder = (): string => {
  const made = makeFolder();
  remove = made.remove;
  return made.folder;
};

it('creates one key of 32 bytes on the first start, readable by its owner only, and reads it again', () => {
  const folder = emptyFolder();
  const made = readOrCreateEncryptionKeys(folder);
  expect(made.map((secret) => secret.length)).toEqual([32]);
  expect(readOrCreateEncryptionKeys(folder)).toEqual(made);
  expect(readdirSync(folder)).toEqual(['secrets']);
  expect(statSync(path.join(folder, 'secrets')).mode & 0o777).toBe(0o600);
});

it('does not replace lost keys by new ones', () => {
  const folder = emptyFolder();
  mkdirSync(path.join(folder, 'postgres'));
  expect(() => readOrCreateEncryptionKeys(folder)).toThrow(/secrets is missing.*restore it from your backup/);
  expect(readdirSync(folder)).toEqual(['postgres']);
});

it('refuses a malformed file without quoting it', () => {
  const folder = emptyFolder();
  writeFileSync(path.join(folder, 'secrets'), 'canary\n');
  expect(() => readOrCreateEncryptionKeys(folder)).toThrow(/^(?!.*canary).*32 bytes in base64/);
});

const noFolder = /^DATA_DIR .* cannot be used: .* Choose a folder/;
const noFile = /secrets cannot be read or created: EISDIR.* set ENCRYPTION_KEYS/;

it.each([
  ['a file', 'at', (at: string) => writeFileSync(at, ''), noFolder],
  ['under a file', 'at/data', (at: string) => writeFileSync(at, ''), noFolder],
  ['a link to nowhere', 'at', (at: string) => symlinkSync(`${at}-gone`, at), noFolder],
  [
    'one in which secrets is a folder',
    'at',
    (at: string) => mkdirSync(`${at}/secrets`, { recursive: true }),
    noFile,
  ],
])('says what to do about a data folder that is %s', (_, dataDir, make, remedy) => {
  const folder = emptyFolder();
  make(path.join(folder, 'at'));
  const keep = () => readOrCreateEncryptionKeys(path.join(folder, dataDir));
  expect(keep).toThrow(GatewayError);
  expect(keep).toThrow(remedy);
});

it.runIf(existsSync('/proc/self'))('does not try for ever where no folder can be made', () => {
  expect(() => readOrCreateEncryptionKeys('/proc/none/data')).toThrow(noFolder);
});
