import type { ComponentChildren, JSX } from 'preact';

/** What is said where there is nothing to show, with what to do about it. */
export const EmptyState = ({
  title,
  children,
}: {
  title: string;
  children?: ComponentChildren;
}): JSX.Element => (
  <div class="empty">
    <p>{title}</p>
    {children === undefined ? null : <div class="quiet">{children}</div>}
  </div>
);
