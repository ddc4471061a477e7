import type PgBoss from 'pg-boss';
import type { Sql, Transaction } from '../platform/database.js';

/** A chunk of a job that is to be run, or the dry run of a job. Ids only: the rest is read when the message is. */
export type ChunkMessage = { workspaceId: string; jobId: string; chunk: number };
export type QuoteMessage = { workspaceId: string; jobId: string };
export type Message<Data> = { id: string; data: Data };

/** The queues of the jobs. A method that takes a transaction is part of it. */
export type JobQueue = {
  /** The next messages, at most `max`. They are this instance's until they are deleted or expire. */
  fetchChunks: (max: number) => Promise<Message<ChunkMessage>[]>;
  sendChunk: (tx: Transaction, id: string, message: ChunkMessage, delaySeconds: number) => Promise<void>;
  deleteChunk: (tx: Transaction, id: string) => Promise<void>;
  fetchQuote: () => Promise<Message<QuoteMessage> | null>;
  /** Its id is the job's, so that a job has at most one. */
  sendQuote: (message: QuoteMessage) => Promise<void>;
  deleteQuote: (jobId: string) => Promise<void>;
  /** The dry run goes on: its message does not expire for another while. */
  holdQuote: (jobId: string) => Promise<void>;
  /** The dry run is tried again after a pause. */
  failQuote: (jobId: string) => Promise<void>;
  /** Returns messages to the queue whose instance had them for too long. */
  expire: () => Promise<void>;
};

/** The tables of pg-boss, apart from the gateway's. */
export const queueSchema = 'job_queue';
export const chunkQueue = 'chunks';
const quoteQueue = 'quotes';

/**
 * Opens the queues and creates their tables, unless another instance has. pg-boss runs on the gateway's own connections, and
 * has no timers. It is loaded here, because most processes never need it.
 */
export const openQueue = async (sql: Sql, { chunkSeconds }: { chunkSeconds: number }): Promise<JobQueue> => {
  const { default: Boss } = await import('pg-boss');
  const bossOn = (db: Sql | Transaction): PgBoss => {
    const boss = new Boss({ db: executorOf(db), schema: queueSchema, supervise: false, schedule: false });
    // Without a listener an error would end the process. Each call also throws it.
    boss.on('error', () => {});
    return boss;
  };
  await sql.begin(async (tx) => {
    // Another instance that holds the lock and does not answer must not keep a connection of this one.
    await tx`set local lock_timeout = '5s'`;
    // pg-boss 10.4 fails where two instances create its schema or a queue at the same time.
    await tx`select pg_advisory_xact_lock(hashtextextended('job queues', 0))`;
    const creator = bossOn(tx);
    await creator.start();
    const common = { retryLimit: 1_000, retentionDays: 365 };
    await creator.createQueue(chunkQueue, {
      ...common,
      name: chunkQueue,
      expireInSeconds: Math.ceil(chunkSeconds),
    });
    await creator.createQueue(quoteQueue, {
      ...common,
      name: quoteQueue,
      retryDelay: 2,
      expireInSeconds: quoteSeconds,
    });
  });
  const boss = bossOn(sql);
  await boss.start();
  return {
    fetchChunks: (max) => boss.fetch<ChunkMessage>(chunkQueue, { batchSize: max, priority: false }),
    sendChunk: async (tx, id, data, delaySeconds) => {
      const startAfter = String(delaySeconds);
      await boss.insert([{ id, name: chunkQueue, data, startAfter }], { db: executorOf(tx) });
    },
    deleteChunk: (tx, id) => boss.deleteJob(chunkQueue, id, { db: executorOf(tx) }),
    fetchQuote: async () => {
      const [message] = await boss.fetch<QuoteMessage>(quoteQueue);
      return message ?? null;
    },
    sendQuote: (data) =>
      boss.insert([{ id: data.jobId, name: quoteQueue, data, expireInSeconds: quoteSeconds }]),
    deleteQuote: (jobId) => boss.deleteJob(quoteQueue, jobId),
    holdQuote: async (jobId) => {
      await sql`
        update ${sql(queueSchema)}.job set started_on = now()
        where name = ${quoteQueue} and id = ${jobId} and state = 'active'`;
    },
    failQuote: (jobId) => boss.fail(quoteQueue, jobId),
    expire: () => boss.expire(),
  };
};

/** A dry run whose instance has said nothing for this long is made by another one. */
const quoteSeconds = 60;

/** Runs the statements of pg-boss on postgres.js, which sends values otherwise than the driver that pg-boss expects. */
const executorOf = (sql: Sql | Transaction): PgBoss.Db => ({
  executeSql: async (text: string, values?: readonly Value[]) => {
    if (values === undefined || values.length === 0) {
      // Several statements in one text, a transaction of its own: if it fails, it must not stay open on a connection of the pool.
      const [, inside] = /^\s*BEGIN;([\s\S]*)COMMIT;\s*$/.exec(text) ?? [];
      if (inside === undefined) return { rows: (await sql.unsafe(text).simple()).flat() };
      const runInside = async (tx: Transaction) => ({ rows: (await tx.unsafe(inside).simple()).flat() });
      return 'begin' in sql ? await sql.begin(runInside) : await runInside(sql);
    }
    const rows = await sql.unsafe(
      text,
      values.map((value) => toParameter(sql, value)),
    );
    return { rows };
  },
});

const jsonType = 114;

type Value = string | number | boolean | object | null | undefined;

const toParameter = (sql: Pick<Sql | Transaction, 'typed'>, value: Value) => {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return `{${value.join(',')}}`;
  // The messages of an insert: as a text they would be written as JSON once more.
  if (typeof value === 'string' && value.startsWith('[{')) return sql.typed(JSON.parse(value), jsonType);
  if (typeof value === 'object') return sql.typed(value, jsonType);
  return typeof value === 'number' ? String(value) : value;
};
