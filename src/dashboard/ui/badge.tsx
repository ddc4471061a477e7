import type { ComponentChildren, JSX } from 'preact';

export type Tone = 'neutral' | 'good' | 'warning' | 'bad';

/** A state in one or two words. Its colour repeats what the words say. */
export const Badge = ({
  tone = 'neutral',
  children,
}: {
  tone?: Tone;
  children: ComponentChildren;
}): JSX.Element => <span class={`badge ${tone}`}>{children}</span>;
