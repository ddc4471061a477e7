import type { App, Look } from './app.js';
import { download, queryGateway, RequestError } from './query-gateway.js';
import { wireControls } from './controls.js';
import { type Refresher, startRefresh } from './refresh.js';
import { find } from './make-element.js';
import type { Viewer } from './operations/viewer.js';
import { type Panel, messageOf } from './panel.js';
import { makeAlerts } from './panels/alerts.js';
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

/** Fills the page for a viewer who is signed in, and refreshes it; `signOut` gets the reason if the token is refused. */
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
    query: (operation, variables) => queryGateway(token, operation, variables),
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

  const fresh: Refresher = startRefresh(() => readAll(panels), {
    fresh: () => {
      state.className = 'state';
      state.textContent = `Live · ${new Date().toLocaleTimeString('en-AU', { timeZone: view.timeZone, hourCycle: 'h23' })}`;
      find('failure', HTMLElement).hidden = true;
    },
    unreachable: (seconds) => {
      const failure = find('failure', HTMLElement);
      failure.textContent = `The gateway does not respond. The figures may be outdated; retrying in ${seconds} s.`;
      failure.hidden = false;
      state.className = 'state lost';
      state.textContent = 'Not connected';
    },
    failed: (error) => {
      if (error instanceof RequestError && error.kind === 'SIGNED_OUT') signOut(error.message);
      else announce(messageOf(error));
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
  makeAlerts,
  makeConnections,
  makeEntries,
] as const;

/** Reads all panels at once; the first failure is thrown. */
const readAll = async (panels: readonly Panel[]): Promise<void> => {
  const results = await Promise.allSettled(panels.map((panel) => panel.refresh()));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};
