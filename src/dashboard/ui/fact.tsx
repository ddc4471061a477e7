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

/** A title and its value. */
export type FactOf = readonly [title: string, value: ComponentChildren];

/** A list of facts, without those that have no value. */
export const Facts = ({ facts }: { facts: readonly FactOf[] }): JSX.Element => (
  <dl class="facts">
    {facts.map(([title, value]) =>
      value === null || value === undefined || value === '' ? null : (
        <Fact key={title} title={title}>
          {value}
        </Fact>
      ),
    )}
  </dl>
);
