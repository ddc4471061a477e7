import { and, eq, isNotNull } from 'drizzle-orm';
import { connections, waterfalls } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import { withStoreTimeout } from '../platform/with-timeout.js';
import { countChanges, createCachedLoader } from '../platform/cached-loader.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { type ProviderName, providerNames } from '../providers/catalogue.js';
import { readSteps, type Step } from './step.js';
import type { WaterfallDefault } from './waterfall.js';

/** Finds the waterfall of a lookup, cached for a moment, because there may be thousands of lookups per second. */
export type WaterfallFinder = {
  /** The steps of the caller's waterfall with this name; null where there is none. */
  byName: (caller: Caller, name: string) => Promise<Step[] | null>;
  /** The steps of the default waterfall for these records; null where there is none. */
  defaultFor: (caller: Caller, what: WaterfallDefault) => Promise<Step[] | null>;
  /** The provider of a connection of the caller's workspace; null where it has no such connection. */
  providerOfConnection: (caller: Caller, id: string) => Promise<ProviderName | null>;
  /** Called after every change in this process, so that the next lookup uses it; other instances do within half a second. */
  changed: (workspaceId: string) => void;
};

const cachedMs = 500;
type Defaults = ReadonlyMap<WaterfallDefault, Step[]>;

/** Creates the finder. It throws LEDGER_UNAVAILABLE within two seconds where the database does not answer. */
export const createWaterfallFinder = ({ database }: { database: Database }): WaterfallFinder => {
  const { db } = database;
  const loadNamed = createCachedLoader<Step[] | null>({ ttlMs: cachedMs, max: 10_000 });
  const loadCachedDefaults = createCachedLoader<Defaults>({ ttlMs: cachedMs, max: 10_000 });
  // A connection never changes its provider, and an unused id is never assigned later.
  const loadCachedProvider = createCachedLoader<ProviderName | null>({ ttlMs: 3_600_000, max: 10_000 });
  const changes = countChanges();
  const versionOf = (workspaceId: string): string => `${workspaceId} ${changes.countOf(workspaceId)}`;

  return {
    byName: async ({ workspaceId }, name) => {
      // PostgreSQL stores no NUL in text, so no waterfall has such a name.
      if (name.includes('\0')) return null;
      return await withStoreTimeout(() =>
        loadNamed(`${versionOf(workspaceId)} ${name}`, async () => {
          const [row] = await db
            .select({ steps: waterfalls.steps })
            .from(waterfalls)
            .where(and(eq(waterfalls.workspaceId, workspaceId), eq(waterfalls.name, name)));
          return row === undefined ? null : readSteps(row.steps);
        }),
      );
    },
    defaultFor: async ({ workspaceId }, what) => {
      const defaults = await withStoreTimeout(() =>
        loadCachedDefaults(versionOf(workspaceId), () => loadDefaults(database, workspaceId)),
      );
      return defaults.get(what) ?? null;
    },
    providerOfConnection: async ({ workspaceId }, id) => {
      if (!isId(id)) return null;
      return await withStoreTimeout(() =>
        loadCachedProvider(`${workspaceId} ${id.toLowerCase()}`, () =>
          loadProvider(database, workspaceId, id),
        ),
      );
    },
    changed: changes.note,
  };
};

const loadProvider = async (
  { db }: Database,
  workspaceId: string,
  id: string,
): Promise<ProviderName | null> => {
  const [row] = await db
    .select({ provider: connections.provider })
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.id, id)));
  return providerNames.find((name) => name === row?.provider) ?? null;
};

const loadDefaults = async ({ db }: Database, workspaceId: string): Promise<Defaults> => {
  const rows = await db
    .select({ steps: waterfalls.steps, defaultFor: waterfalls.defaultFor })
    .from(waterfalls)
    .where(and(eq(waterfalls.workspaceId, workspaceId), isNotNull(waterfalls.defaultFor)));
  const defaults = new Map<WaterfallDefault, Step[]>();
  for (const { steps, defaultFor } of rows)
    if (defaultFor !== null) defaults.set(defaultFor, readSteps(steps));
  return defaults;
};
