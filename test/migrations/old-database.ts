import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { administer } from '../support/postgres.js';

const read = (name: string): string => readFileSync(path.join(import.meta.dirname, name), 'utf8');
const before = read('database-at-0009.sql');

/** A database as migration 0009 and its release left it. */
export const openOldDatabase = async (): Promise<TestDatabase> => {
  const store = await createTestDatabase({ empty: true });
  // On a connection of its own, because the file changes settings of its session.
  await administer(store.address, before);
  return store;
};

const nullable = z.string().nullable();

/** What the old database holds. Its words are those of its release. */
export const facts = z
  .object({
    encryptionKeys: z.array(z.string()),
    rows: z.record(z.string(), z.number()),
    entries: z.object({
      byPartition: z.record(z.string(), z.number()),
      byKindAndCharge: z.array(
        z.object({
          kind: z.string(),
          charge: z.string(),
          entries: z.number(),
          credits: z.number(),
          saved: z.number(),
        }),
      ),
    }),
    usage: z.object({
      lookups: z.number(),
      attempts: z.number(),
      fromSnapshot: z.number(),
      credits: z.number(),
      saved: z.number(),
    }),
    budgetPeriods: z.array(
      z.object({ budgetId: z.string(), startsAt: z.string(), reserved: z.number(), spent: z.number() }),
    ),
    reservations: z.array(
      z.object({
        id: z.string(),
        state: z.string(),
        lookupKey: z.string(),
        credits: z.number(),
        refetchCredits: z.number(),
        expiresAt: z.string(),
      }),
    ),
    presumed: z.object({
      openEntryIds: z.array(z.string()),
      corrections: z.array(
        z.object({
          entryId: z.string(),
          correctsEntryId: z.string(),
          charge: z.string(),
          credits: z.number(),
        }),
      ),
    }),
    alerts: z.array(
      z.looseObject({
        kind: z.string(),
        subjectId: z.string(),
        periodStartsAt: z.string(),
        threshold: z.number(),
        raisedAt: z.string(),
        attempts: z.number(),
        nextAttemptAt: nullable,
        deliveredAt: nullable,
      }),
    ),
    webhooks: z.array(
      z.object({
        kind: z.enum(['BUDGET', 'BALANCE']),
        subjectId: z.string(),
        url: z.string(),
        secret: z.string(),
      }),
    ),
    connections: z.array(z.object({ id: z.string(), key: nullable })),
    tokens: z.array(
      z.object({ id: z.string(), secret: z.string(), revoked: z.boolean(), expiresAt: nullable }),
    ),
    idempotentRequests: z.array(
      z.object({
        token: z.string(),
        idempotencyKey: z.string(),
        query: z.string(),
        variables: z.record(z.string(), z.unknown()),
        response: z.unknown(),
        expiresAt: z.string(),
      }),
    ),
    knownRecords: z.array(
      z.object({
        token: z.string(),
        operation: z.enum(['COMPANY', 'PERSON']),
        by: z.record(z.string(), z.string()),
        provider: z.string(),
        connectionId: nullable,
      }),
    ),
  })
  .parse(JSON.parse(read('database-at-0009.json')));
