import type { ComponentChildren, JSX } from 'preact';

/** A term with its value, in a list of the class `facts`. */
export const Fact = ({
  title,
  isWide = false,
  children,
}: {
  title: string;
  /** Whether it takes a row of its own. */
  isWide?: boolean;
  children: ComponentChildren;
}): JSX.Element => (
  <div class={isWide ? 'wide' : undefined}>
    <dt>{title}</dt>
    <dd>{children}</dd>
  </div>
);
