import type { TabStorage } from './tab-storage.js';

/** A query that a first visit opens, with its variables as JSON. */
export type Example = { query: string; variables?: string };

/** A tab as @graphiql/react 0.37 stores it. */
type Tab = {
  id: string;
  title: string;
  query: string;
  variables: string | null;
  headers: string | null;
  operationName: string | null;
  response: null;
};
type Tabs = { activeTabIndex: number; tabs: Tab[] };

/**
 * Decides which tabs GraphiQL opens with: those of before a reload, else the examples. A link with a query, as each panel
 * of the dashboard has one, gets a tab of its own, and leaves the address, so that a reload does not open it again.
 * GraphiQL itself ignores the variables of a link, and after a reload opens an empty tab unless the text of the active
 * one is stored a second time.
 */
export const openTabs = (storage: TabStorage, examples: readonly Example[]): void => {
  const state = readTabs(storage) ?? { activeTabIndex: 0, tabs: examples.map(toTab) };
  const link = new URLSearchParams(location.search);
  const query = link.get('query');
  if (query !== null) {
    const tab = toTab({ query, variables: link.get('variables') ?? '' });
    const same = state.tabs.findIndex((one) => one.query === query);
    state.activeTabIndex = same === -1 ? state.tabs.length : same;
    state.tabs[state.activeTabIndex] = tab;
    history.replaceState(null, '', location.pathname);
  }
  storage.setItem('graphiql:tabState', JSON.stringify(state));
  const active = state.tabs[state.activeTabIndex];
  for (const key of ['query', 'variables', 'headers'] as const) {
    const text = active?.[key] ?? '';
    if (text === '') storage.removeItem(`graphiql:${key}`);
    else storage.setItem(`graphiql:${key}`, text);
  }
};

const readTabs = (storage: TabStorage): Tabs | null => {
  const state: Tabs | null = JSON.parse(storage.getItem('graphiql:tabState') ?? 'null');
  return state !== null && state.tabs[state.activeTabIndex] !== undefined ? state : null;
};

const toTab = ({ query, variables = '' }: Example): Tab => {
  const name = /^(?!#).*(?:query|mutation)\s+(\w+)/m.exec(query)?.[1] ?? null;
  return {
    id: Math.random().toString(36).slice(2),
    title: name ?? '<untitled>',
    query,
    variables: variables === '' ? null : variables,
    headers: null,
    operationName: name,
    response: null,
  };
};
