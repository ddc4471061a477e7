import DataLoader from 'dataloader';
import type { Caller } from '../access/caller.js';
import { getTokens, type Token } from '../access/tokens.js';
import type { Connection } from '../connections/connection.js';
import { getConnections } from '../connections/read-connections.js';
import type { Database } from '../platform/database.js';

type Find<Item> = (id: string | null) => Promise<Item | null>;

/** Reads of one request that are gathered into one query each; null for no id and for what is not ours. */
export type Loaders = { connection: Find<Connection>; token: Find<Token> };

export const createLoaders = (deps: { database: Database }, caller: Caller): Loaders => ({
  connection: finder((ids) => getConnections(deps, caller, ids)),
  token: finder((ids) => getTokens(deps, caller, ids)),
});

const finder = <Item>(read: (ids: readonly string[]) => Promise<ReadonlyMap<string, Item>>): Find<Item> => {
  // Made by the first who needs it: most requests need none.
  let loader: DataLoader<string, Item | null> | null = null;
  return (id) => {
    if (id === null) return Promise.resolve(null);
    loader ??= new DataLoader(async (ids) => {
      const found = await read(ids);
      return ids.map((one) => found.get(one) ?? null);
    });
    return loader.load(id);
  };
};
