/** What GraphiQL uses of a Storage, and `forget`. */
export type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'clear' | 'length'> & {
  /** Replaces a token wherever it is stored in this tab, and stores nothing from then on. */
  forget: (token: string, placeholder: string) => void;
};

type Storages = {
  inTab: Storage;
  inBrowser: Storage;
  /** The headers of tabs that have none of their own. They are not stored. */
  headers: string;
};

/** The keys of @graphiql/react 0.37, and where their values are kept, since those may contain a token or a key. */
const places: ReadonlyMap<string, 'text of the tab' | 'items of the tab' | 'history'> = new Map([
  ['graphiql:query', 'text of the tab'],
  ['graphiql:variables', 'text of the tab'],
  ['graphiql:headers', 'text of the tab'],
  ['graphiql:tabState', 'items of the tab'],
  ['graphiql:queries', 'history'],
  ['graphiql:favorites', 'history'],
]);

/**
 * Storage for GraphiQL. The tabs and their headers survive a reload, and end with the browser's tab. The browser keeps
 * the theme, the layout and the history: without headers, and without mutations, which may contain a key.
 */
export const createTabStorage = ({ inTab, inBrowser, headers }: Storages): TabStorage => {
  let isClosed = false;
  const forTab = (item: Item): Item => (item.headers === headers ? { ...item, headers: null } : item);
  removeSecrets(inBrowser);
  return {
    get length() {
      return keysOf(inTab).length + keysOf(inBrowser).length;
    },
    getItem: (key) => {
      const text = (places.has(key) ? inTab.getItem(key) : null) ?? inBrowser.getItem(key);
      // A click on an entry of the history sets the headers too: without any, it would remove the token.
      return text !== null && places.get(key) === 'history'
        ? mapItems(text, (item) => ({ ...item, headers: item.headers ?? headers }))
        : text;
    },
    setItem: (key, text) => {
      if (isClosed) return;
      const place = places.get(key);
      if (place === undefined) inBrowser.setItem(key, text);
      else if (place !== 'text of the tab') inTab.setItem(key, mapItems(text, forTab));
      else if (text === headers) inTab.removeItem(key);
      else inTab.setItem(key, text);
      if (place === 'history') inBrowser.setItem(key, mapItems(text, forBrowser));
    },
    removeItem: (key) => {
      for (const storage of [inTab, inBrowser]) storage.removeItem(key);
    },
    clear: () => {
      for (const storage of [inTab, inBrowser]) for (const key of keysOf(storage)) storage.removeItem(key);
    },
    forget: (token, placeholder) => {
      isClosed = true;
      for (const key of keysOf(inTab))
        inTab.setItem(key, (inTab.getItem(key) ?? '').replaceAll(token, placeholder));
    },
  };
};

/** A tab of GraphiQL, or an entry of its history. */
type Item = { query?: string | null; headers?: string | null };

/** Null for a query that may contain a key of a provider or a token. */
const forBrowser = (item: Item): Item | null =>
  /\bmutation\b|\b(?:fgw|fbl)_/.test(JSON.stringify({ ...item, headers: null }))
    ? null
    : { ...item, headers: null };

/** Removes what earlier versions kept in the browser. */
const removeSecrets = (inBrowser: Storage): void => {
  for (const [key, place] of places) {
    const text = inBrowser.getItem(key);
    inBrowser.removeItem(key);
    if (text === null || place !== 'history') continue;
    try {
      inBrowser.setItem(key, mapItems(text, forBrowser));
    } catch {
      // Not a history, with which GraphiQL would not start.
    }
  }
};

/** Changes the items of a stored value, as {"queries":[…]}, or removes those that become null. */
const mapItems = (text: string, change: (item: Item) => Item | null): string => {
  const stored: Record<string, unknown> = JSON.parse(text);
  const mapped = Object.entries(stored).map(([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? value.map(change).filter((item) => item !== null) : value,
  ]);
  return JSON.stringify(Object.fromEntries(mapped));
};

const keysOf = (storage: Storage): string[] =>
  Object.keys(storage).filter((key) => key.startsWith('graphiql:'));
