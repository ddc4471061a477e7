import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GatewayError } from '../errors.js';
import { makeDataDir } from './embedded/make-data-dir.js';
import { clusterDirOf } from './embedded/prepare-cluster.js';

/**
 * The sealing secrets kept beside the embedded database, in DATA_DIR/secrets (mode 0600, one 32-byte secret in base64
 * a line). Made on the first start, before there is a database: where one exists without its secrets they are lost, and new ones
 * would only hide that, so it throws UNAVAILABLE, as it does with the remedy where the folder or the file cannot be used.
 */
export const readOrCreateEncryptionKeys = (dataDir: string): Buffer[] => {
  const file = path.join(dataDir, 'secrets');
  if (!existsSync(file)) {
    if (existsSync(clusterDirOf(dataDir))) throw lost(file);
    makeDataDir(dataDir);
    explained(file, () => makeSecret(file));
  }
  const lines = explained(file, () => readFileSync(file, 'utf8'))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0 || !lines.every(isEncryptionKey)) throw spoilt(file);
  return lines.map((line) => Buffer.from(line, 'base64'));
};

/** 32 bytes exactly as base64 writes them: a truncated paste must not become another, weaker key. */
export const isEncryptionKey = (text: string): boolean =>
  /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, 'base64').length === 32;

// Written aside and linked whole: a crash leaves no half a secret, and of two that start at once one wins.
const makeSecret = (file: string): void => {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(aside, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(aside, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(aside);
  }
};

const explained = <Result>(file: string, work: () => Result): Result => {
  try {
    return work();
  } catch (cause) {
    throw new GatewayError(
      'UNAVAILABLE',
      `${file} cannot be read or made: ${cause instanceof Error ? cause.message : 'unknown fault'}. See that it is a file of the gateway's account and that its disk has room, or set ENCRYPTION_KEYS.`,
      { cause },
    );
  }
};

const lost = (file: string): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    `${file} is missing, and without it the stored keys cannot be opened: restore it from your backup, or set ENCRYPTION_KEYS to what was used before.`,
  );

const spoilt = (file: string): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    `${file} holds something that is not 32 bytes in base64 on each line: restore it from your backup.`,
  );
