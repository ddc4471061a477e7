import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GatewayError } from '../errors.js';
import { createDataDir } from './embedded/data-folders.js';
import { clusterDirOf } from './embedded/prepare-cluster.js';

/**
 * The encryption keys beside the embedded database, in DATA_DIR/secrets (mode 0600, one 32-byte key in base64 a line).
 * Created on the first start, before the database. Throws UNAVAILABLE, with the remedy, when there is a database
 * without its keys (new keys could not open it), and when the folder or the file cannot be used.
 */
export const readOrCreateEncryptionKeys = (dataDir: string): Buffer[] => {
  const file = path.join(dataDir, 'secrets');
  if (!existsSync(file)) {
    if (existsSync(clusterDirOf(dataDir))) throw missing(file);
    createDataDir(dataDir);
    withRemedy(file, () => writeNewKey(file));
  }
  const lines = withRemedy(file, () => readFileSync(file, 'utf8'))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0 || !lines.every(isEncryptionKey)) throw malformed(file);
  return lines.map((line) => Buffer.from(line, 'base64'));
};

/** 32 bytes exactly as base64 writes them: a truncated paste must not become another, weaker key. */
export const isEncryptionKey = (text: string): boolean =>
  /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, 'base64').length === 32;

// Written to a temporary file and linked: a crash leaves no partial key, and of two concurrent starts one wins.
const writeNewKey = (file: string): void => {
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(temporary, `${randomBytes(32).toString('base64')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    linkSync(temporary, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(temporary);
  }
};

const withRemedy = <Result>(file: string, work: () => Result): Result => {
  try {
    return work();
  } catch (cause) {
    throw new GatewayError(
      'UNAVAILABLE',
      `${file} cannot be read or created: ${cause instanceof Error ? cause.message : 'unknown error'}. Check that it belongs to the gateway's account and that its disk has space, or set ENCRYPTION_KEYS.`,
      { cause },
    );
  }
};

const missing = (file: string): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    `${file} is missing, and without it the stored keys cannot be opened: restore it from your backup, or set ENCRYPTION_KEYS to the value used before.`,
  );

const malformed = (file: string): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    `${file} has a line that is not 32 bytes in base64: restore it from your backup.`,
  );
