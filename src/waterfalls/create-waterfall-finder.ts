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

/** What an ask must know of waterfalls. All of it is remembered for a moment, for asks come by the thousand. */
export type WaterfallFinder = {
  /** The steps of the caller's waterfall of this name; null where there is none. */
  byName: (caller: Caller, name: string) => Promise<Step[] | null>;
  /** The steps of the waterfall that is the default for such asks; null where none is. */
  defaultFor: (caller: Caller, what: WaterfallDefault) => Promise<Step[] | null>;
  /** Whose key a connection of the caller's workspace is; null where it has no such one. */
  providerOfConnection: (caller: Caller, id: string) => Promise<ProviderName | null>;
  /** To be told of every change made here, so that the next ask goes by it; other instances learn of it in half a second. */
  changed: (workspaceId: string) => void;
};

const rememberedMsMax = 500;
type Defaults = ReadonlyMap<WaterfallDefault, Step[]>;

/** Makes the finder. All of it throws LEDGER_UNAVAILABLE within two seconds where the database does not answer. */
export const createWaterfallFinder = ({ database }: { database: Database }): WaterfallFinder => {
  const { db } = database;
  const rememberNamed = createCachedLoader<Step[] | null>({ ttlMs: rememberedMsMax, max: 10_000 });
  const rememberDefaults = createCachedLoader<Defaults>({ ttlMs: rememberedMsMax, max: 10_000 });
  // A connection never becomes another provider's, and an id that names nothing is given to nothing later.
  const rememberProvider = createCachedLoader<ProviderName | null>({ ttlMs: 3_600_000, max: 10_000 });
  const changes = countChanges();
  const asOfNow = (workspaceId: string): string => `${workspaceId} ${changes.countOf(workspaceId)}`;

  return {
    byName: async ({ workspaceId }, name) => {
      // PostgreSQL holds no NUL in a text, so nothing is called so.
      if (name.includes('\0')) return null;
      return await withStoreTimeout(() =>
        rememberNamed(`${asOfNow(workspaceId)} ${name}`, async () => {
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
        rememberDefaults(asOfNow(workspaceId), () => loadDefaults(database, workspaceId)),
      );
      return defaults.get(what) ?? null;
    },
    providerOfConnection: async ({ workspaceId }, id) => {
      if (!isId(id)) return null;
      return await withStoreTimeout(() =>
        rememberProvider(`${workspaceId} ${id.toLowerCase()}`, () => loadProvider(database, workspaceId, id)),
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
