import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useCredits } from '../app/use-credits.js';
import { useView } from '../app/use-view.js';
import { CreditsSwitch } from './credits-switch.js';
import { PeriodControls } from './period-controls.js';

export type PageProps = {
  title: string;
  /** One sentence: what the page is for. */
  description?: ComponentChildren;
  /** Buttons of the page, at the right of its title. */
  actions?: ComponentChildren;
  /** Whether the page shows a period; then its controls are below the title. */
  hasPeriod?: boolean;
  /** Whether it shows real credits or those of the sandbox, by useCredits; then the switch is below the title. */
  hasCredits?: boolean;
  children: ComponentChildren;
};

/** The head of a page and its content. What is invalid in the address is reported here. */
export const Page = ({
  title,
  description,
  actions,
  hasPeriod = false,
  hasCredits = false,
  children,
}: PageProps): JSX.Element => {
  const { problems } = useView();
  const credits = useCredits();
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
      {[...problems, ...credits.problems].map((problem) => (
        <p key={problem} class="notice bad" role="alert">
          {problem}
        </p>
      ))}
      {hasPeriod || hasCredits ? (
        <div class="controls">
          {hasPeriod ? <PeriodControls /> : null}
          {hasCredits ? <CreditsSwitch /> : null}
        </div>
      ) : null}
      {children}
    </>
  );
};
