import { readToken, watchToken } from '../app/kept-token.js';
import { openTabs, type Example } from './open-tabs.js';
import { createTabStorage, type TabStorage } from './tab-storage.js';
import './graphiql.css';

/** What the gateway writes into the page. */
type Settings = { basePath: string; demoToken: string; examples: Example[] };

/** The global of @graphql-yoga/render-graphiql 5: React properties of GraphiQL 5, and some of Yoga's own. */
declare const YogaGraphiQL: {
  renderYogaGraphiQL: (root: Element | null, options: Record<string, unknown>) => void;
};

const settings: Settings = JSON.parse(document.querySelector('#settings')?.textContent ?? '');
const { basePath, demoToken, examples } = settings;
const placeholder = 'fgw_paste_your_token_here';
// Signed in at the dashboard, which opened this tab or keeps the viewer signed in; else the demo, if there is one.
const kept = readToken();
const token = kept ?? (demoToken === '' ? placeholder : demoToken);
const headers = JSON.stringify({ Authorization: `Bearer ${token}` }, null, 2);

const openStorage = (): TabStorage | null => {
  try {
    const storage = createTabStorage({ inTab: sessionStorage, inBrowser: localStorage, headers });
    openTabs(storage, examples);
    return storage;
  } catch {
    // A browser that blocks storage: nothing survives a reload.
    return null;
  }
};
const storage = openStorage();

watchToken(() => {
  if (kept === null || kept === readToken()) return;
  storage?.forget(kept, placeholder);
  location.reload();
});

Object.assign(globalThis, {
  MonacoEnvironment: { getWorkerUrl: (_: string, label: string) => `${basePath}/graphiql/${label}.js` },
});
YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  title: 'firmable-gateway',
  logo: `<a href="${basePath}/" title="Dashboard"><img src="${basePath}/dashboard/icon.svg" alt="Dashboard" width="26" height="26" /></a>`,
  endpoint: `${basePath}/graphql`,
  storage,
  defaultTabs: examples,
  // Tabs without headers of their own have these.
  headers,
  shouldPersistHeaders: true,
  // On a narrow screen the query needs their place.
  defaultEditorToolsVisibility: !matchMedia('(max-width: 700px)').matches,
  additionalHeaders: { 'x-graphql-yoga-csrf': '1' },
  // Instead of Yoga's, which writes each edit into the address: a key in a mutation would stay in the browser's history.
  onEditQuery: () => undefined,
});
