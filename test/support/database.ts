import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Database, type DatabaseAddress, openDatabase } from '../../src/platform/database.js';
import { administer, databaseAt } from './postgres.js';

export type TestDatabase = {
  database: Database;
  address: DatabaseAddress;
  /** Its DATABASE_URL, for another process. */
  url: string;
  close: () => Promise<void>;
};

/** Creates a database for one test file: migrated, or without tables if `empty`. */
export const createTestDatabase = async (options: { empty?: boolean } = {}): Promise<TestDatabase> => {
  const server = inject('postgres');
  const name = `gateway_test_${randomBytes(6).toString('hex')}`;
  const source = options.empty === true ? 'template0' : server.template;
  await administer(server.address, `create database ${name} template ${source} strategy file_copy`);
  const address = databaseAt(server.address, name);
  const database = openDatabase(address);
  return {
    database,
    address,
    url: urlOf(address),
    close: async () => {
      await database.close();
      await administer(server.address, `drop database if exists ${name} with (force)`);
    },
  };
};

const urlOf = (address: DatabaseAddress): string =>
  'url' in address
    ? address.url
    : `postgres://${address.user}@localhost/${address.database}?host=${address.socketDir}`;
