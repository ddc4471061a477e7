import { expect } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { createConnection } from '../../src/connections/create-connection.js';
import { domainsFrom } from '../guarantees/counting-firmable.js';
import {
  bootstrapToken,
  createTestApp,
  type TestApp,
  type TestAppOptions,
} from '../support/create-test-app.js';
import { type JobFacts, readJob } from './setup.js';

/** The settings of a gateway whose only provider is at this address, without a rate limit. */
export const jobEnv = (firmableUrl: string): Record<string, string> => ({
  FIRMABLE_BASE_URL: firmableUrl,
  SANDBOX: 'off',
  FIRMABLE_REQUESTS_PER_SECOND: '0',
});

/** A gateway with a connection of the first workspace. */
export const openJobs = async (
  firmableUrl: string,
  { env, ...options }: TestAppOptions = {},
): Promise<TestApp & { caller: Caller; connectionId: string }> => {
  const app = await createTestApp({ ...options, env: { ...jobEnv(firmableUrl), ...env } });
  const caller = await app.gateway.findCaller(bootstrapToken);
  const key = `fbl_${'k'.repeat(30)}`;
  const input = { provider: 'FIRMABLE', name: 'ours', key, verify: false };
  const { id } = await createConnection(app.gateway, caller, input);
  return { ...app, caller, connectionId: id };
};

/** Rows of one column, each with the domain of a company. */
export const domainRows = (from: number, count: number): string[][] =>
  domainsFrom(from, count).map(({ domain }) => [domain]);

export const untilJob = async (
  app: Pick<TestApp, 'store'>,
  id: string,
  facts: Partial<JobFacts>,
  timeoutMs = 30_000,
): Promise<JobFacts> => {
  const read = (): Promise<JobFacts> => readJob(app.store.database.sql, id);
  await expect.poll(read, { timeout: timeoutMs, interval: 50 }).toMatchObject(facts);
  return await read();
};
