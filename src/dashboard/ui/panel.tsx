import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Reading } from '../api/use-operation.js';
import { basePath } from '../app/page-settings.js';

export type PanelProps = {
  title: string;
  /** Its share of the grid: full, most (two thirds), half, third. */
  width?: 'full' | 'most' | 'half' | 'third';
  /** Small tools at the right of the title: Table, CSV. */
  tools?: ComponentChildren;
  /** Buttons that change something. */
  actions?: ComponentChildren;
  /** The query whose data it shows: adds a link to GraphiQL. */
  query?: { document: { toString: () => string }; variables: object };
  children: ComponentChildren;
};

/** A card with a title. */
export const Panel = ({
  title,
  width = 'full',
  tools,
  actions,
  query,
  children,
}: PanelProps): JSX.Element => {
  const id = useId();
  return (
    <section class={`panel ${width}`} aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        <div class="tools">
          {tools}
          {query === undefined ? null : (
            <a
              class="button plain"
              target="_blank"
              rel="opener"
              aria-label={`GraphiQL: ${title}`}
              href={graphiqlLink(query.document.toString().trim(), query.variables)}
            >
              GraphiQL
            </a>
          )}
        </div>
        {actions === undefined ? null : <div class="panel-actions">{actions}</div>}
      </header>
      <div class="panel-body">{children}</div>
    </section>
  );
};

/** Where GraphiQL shows an operation with its variables, ready to run. */
const graphiqlLink = (text: string, variables: object): string => {
  const parameters = new URLSearchParams({ query: text, variables: JSON.stringify(variables, null, 2) });
  return `${basePath()}/graphql?${parameters.toString()}`;
};

/** What a reading has: the content for its data, that it is loading, or why it was refused. */
export const Shown = <Data,>({
  reading: { data, refusal, isStale },
  children,
}: {
  reading: Reading<Data>;
  children: (data: Data) => ComponentChildren;
}): JSX.Element => {
  if (refusal !== null) {
    return (
      <p class="refused" role="alert">
        {refusal}
      </p>
    );
  }
  if (data === undefined) {
    return (
      <p class="quiet" aria-busy="true">
        Loading…
      </p>
    );
  }
  return (
    <div class={isStale ? 'shown stale' : 'shown'} aria-busy={isStale}>
      {children(data)}
    </div>
  );
};
