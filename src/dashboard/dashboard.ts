import type { App, Look } from './app.js';
import { queryGateway, Trouble } from './query-gateway.js';
import { wireControls } from './controls.js';
import { download } from './download.js';
import { type Fresh, startRefresh } from './keep-fresh.js';
import { find } from './make-element.js';
import type { Viewer } from './operations/viewer.js';
import { type Panel, sayTrouble } from './panel.js';
import { makeBalances } from './panels/balances.js';
import { makeByToken, makeByWorkflow } from './panels/breakdowns.js';
import { makeBudgets } from './panels/budgets.js';
import { makeByProvider } from './panels/by-provider.js';
import { makeConnections } from './panels/connections.js';
import { makeCreditsOverTime } from './panels/credits-over-time.js';
import { makeEntries } from './panels/entries.js';
import { makeSummary } from './panels/summary.js';
import { periodIn, readView, type View, writeView } from './view.js';

export type Dashboard = { redraw: () => void; stop: () => void };

/** Fills the page for a viewer who is signed in, and keeps it fresh; `signOut` is told why the token is of no use. */
export const openDashboard = (
  token: string,
  { viewer }: Viewer,
  signOut: (why: string) => void,
): Dashboard => {
  let view = readView(location.search, new Date());
  const notice = find('notice', HTMLElement);
  const state = find('state', HTMLElement);
  const announce = (text: string): void => {
    notice.textContent = text;
  };
  const look = (): Look => {
    const now = new Date();
    return { period: periodIn(view, now), timeZone: view.timeZone, now };
  };
  const app: App = {
    ask: (operation, variables) => queryGateway(token, operation, variables),
    download: (path, fileName) => download(path, token, fileName),
    look,
    may: (permission) => viewer.permissions.includes(permission),
    hasOwnKeys: viewer.workspace.plan !== 'FREE',
    announce,
    refresh: () => fresh.now(),
  };

  const panels: readonly Panel[] = makers.map((makeOne) => makeOne(app));
  find('panels', HTMLElement).replaceChildren(...panels.map(({ element }) => element));
  find('who', HTMLElement).textContent =
    `${viewer.workspace.name} · ${viewer.token.name} (${viewer.role.toLowerCase()})`;

  const fresh: Fresh = startRefresh(() => readAll(panels), {
    fresh: () => {
      state.className = 'state';
      state.textContent = `Live · ${new Date().toLocaleTimeString('en-AU', { timeZone: view.timeZone, hourCycle: 'h23' })}`;
      find('trouble', HTMLElement).hidden = true;
    },
    unreachable: (seconds) => {
      const trouble = find('trouble', HTMLElement);
      trouble.textContent = `The gateway does not answer. What is shown may be old; trying again in ${seconds} s.`;
      trouble.hidden = false;
      state.className = 'state lost';
      state.textContent = 'Not connected';
    },
    failed: (error) => {
      if (error instanceof Trouble && error.kind === 'SIGNED_OUT') signOut(error.message);
      else announce(sayTrouble(error));
    },
  });
  const wired = new AbortController();
  const choose = (chosen: View): void => {
    view = chosen;
    history.replaceState(null, '', writeView(view));
    void fresh.now();
  };
  wireControls(view, choose, wired.signal);
  void fresh.now();
  return {
    redraw: () => {
      for (const panel of panels) panel.redraw();
    },
    stop: () => {
      wired.abort();
      fresh.stop();
    },
  };
};

const makers = [
  makeSummary,
  makeCreditsOverTime,
  makeBalances,
  makeByWorkflow,
  makeByToken,
  makeByProvider,
  makeBudgets,
  makeConnections,
  makeEntries,
] as const;

/** All at once; the first that finds nobody there, or is not let in, speaks for all. */
const readAll = async (panels: readonly Panel[]): Promise<void> => {
  const results = await Promise.allSettled(panels.map((panel) => panel.refresh()));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};
