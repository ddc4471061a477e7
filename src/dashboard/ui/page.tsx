import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useView } from '../app/use-view.js';
import { PeriodControls } from './period-controls.js';

export type PageProps = {
  title: string;
  /** One sentence: what the page is for. */
  description?: ComponentChildren;
  /** Buttons of the page, at the right of its title. */
  actions?: ComponentChildren;
  /** Whether the page shows a period; then its controls are below the title. */
  hasPeriod?: boolean;
  children: ComponentChildren;
};

/** The head of a page and its content. What is invalid in the address is reported here. */
export const Page = ({
  title,
  description,
  actions,
  hasPeriod = false,
  children,
}: PageProps): JSX.Element => {
  const { problems } = useView();
  useEffect(() => {
    document.title = `${title} · firmable-gateway`;
  }, [title]);
  return (
    <>
      <header class="page-head">
        <div class="page-title">
          <h1>{title}</h1>
          {description === undefined ? null : <p class="quiet">{description}</p>}
        </div>
        {actions === undefined ? null : <div class="page-actions">{actions}</div>}
      </header>
      {problems.map((problem) => (
        <p key={problem} class="notice bad" role="alert">
          {problem}
        </p>
      ))}
      {hasPeriod ? <PeriodControls /> : null}
      {children}
    </>
  );
};
