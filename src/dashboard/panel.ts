import type { App, Look } from './app.js';
import { RequestError } from './query-gateway.js';
import { make } from './make-element.js';
import { graphiqlLink, type Operation } from './operation.js';

export type Drawing = {
  /** What is seen first. */
  chart: HTMLElement;
  /** The same as a table; left out where the chart is one already. */
  table?: HTMLElement;
  /** What is said instead where there is nothing to show. */
  empty?: string;
};

export type PanelParts<Variables extends object, Data> = {
  id: string;
  title: string;
  /** One of the widths that the grid knows. */
  width: 'full' | 'most' | 'half' | 'third';
  /** What must be known before the query can be written. */
  prepare?: () => Promise<void>;
  operation: (look: Look) => Operation<Variables, Data>;
  variables: (look: Look) => Variables;
  draw: (data: Data, look: Look) => Drawing;
  csv?: (look: Look) => { path: string; fileName: string };
  /** Whether it shows how long ago something was, which changes by itself. */
  showsAges?: boolean;
  /** Buttons that change something. */
  actions?: readonly HTMLElement[];
};

export type Panel = {
  element: HTMLElement;
  /** Reads the data and draws it if it differs. Throws RequestError if the token is refused or the gateway is down. */
  refresh: () => Promise<void>;
  /** Draws again what is there, since colours or clocks have changed. */
  redraw: () => void;
};

/**
 * A panel of the page with its query, table, CSV file and link to GraphiQL. A refusal is shown in the panel; the others
 * are not affected.
 */
export const makePanel = <Variables extends object, Data>(
  app: App,
  parts: PanelParts<Variables, Data>,
): Panel => {
  const titleId = `${parts.id}-title`;
  const body = make('div', { class: 'panel-body' }, make('p', { class: 'quiet' }, 'Loading…'));
  const tableButton = make(
    'button',
    { type: 'button', class: 'tool', 'aria-pressed': 'false', hidden: true },
    'Table',
  );
  const csvButton = make('button', { type: 'button', class: 'tool' }, 'CSV');
  const link = make('a', { class: 'tool', target: '_blank', rel: 'noopener', href: '/graphql' }, 'GraphiQL');
  for (const [tool, what] of [
    [tableButton, 'as a table'],
    [csvButton, 'as a CSV file'],
    [link, 'in GraphiQL'],
  ] as const) {
    tool.setAttribute('aria-label', `${tool.textContent}: ${parts.title} ${what}`);
  }
  const { csv } = parts;
  const element = make(
    'section',
    { class: `panel ${parts.width}`, id: parts.id, 'aria-labelledby': titleId, 'aria-busy': 'true' },
    make(
      'header',
      { class: 'panel-head' },
      make('h2', { id: titleId }, parts.title),
      make('div', { class: 'tools' }, tableButton, csv === undefined ? null : csvButton, link),
      ...(parts.actions ?? []),
    ),
    body,
  );

  let shown: { text: string; data: Data } | null = null;
  let asTable = false;
  let run = 0;

  const redraw = (): void => {
    if (shown === null) return;
    const { chart, table, empty } = parts.draw(shown.data, app.look());
    tableButton.hidden = table === undefined || empty !== undefined;
    tableButton.setAttribute('aria-pressed', `${asTable}`);
    const next = asTable && table !== undefined ? table : chart;
    replaceContent(body, empty === undefined ? next : make('p', { class: 'quiet' }, empty));
  };

  const refresh = async (): Promise<void> => {
    const look = app.look();
    run += 1;
    const mine = run;
    try {
      await parts.prepare?.();
      const operation = parts.operation(look);
      const variables = parts.variables(look);
      link.href = graphiqlLink(operation.text, variables);
      const data = await app.query(operation, variables);
      const minute = parts.showsAges === true ? Math.floor(look.now.getTime() / 60_000) : null;
      const text = JSON.stringify([look.period, look.timeZone, minute, data]);
      // A response to an earlier view may arrive after the present one.
      if (shown?.text === text || mine !== run) return;
      shown = { text, data };
      redraw();
    } catch (error) {
      if (!(error instanceof RequestError) || error.kind !== 'REFUSED') throw error;
      if (mine !== run) return;
      shown = null;
      body.replaceChildren(make('p', { class: 'refused' }, error.message));
    } finally {
      element.setAttribute('aria-busy', 'false');
    }
  };

  tableButton.addEventListener('click', () => {
    asTable = !asTable;
    redraw();
  });
  csvButton.addEventListener('click', () => {
    if (csv === undefined) return;
    const { path, fileName } = csv(app.look());
    app.download(path, fileName).catch((error: unknown) => app.announce(messageOf(error)));
  });
  return { element, refresh, redraw };
};

/** Puts new content in the place of its like: the keyboard and what is scrolled stay where they were. */
const replaceContent = (body: HTMLElement, content: HTMLElement): void => {
  const active = document.activeElement;
  const key = body.contains(active) ? (active?.getAttribute('data-key') ?? null) : null;
  const { scrollTop = 0, scrollLeft = 0 } = body.querySelector('.table') ?? {};
  body.replaceChildren(content);
  body.querySelector('.table')?.scrollTo(scrollLeft, scrollTop);
  if (key !== null) body.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
};

/** The message of an error, for people. */
export const messageOf = (error: unknown): string =>
  error instanceof RequestError ? error.message : 'The page failed unexpectedly: load it again.';
