import type { JSX } from 'preact';

/**
 * A part of a bar: its class and its share of the whole, 0 to 1. The content security policy allows no style attribute, so
 * the width is set by the DOM.
 */
export const BarPart = ({ kind, share }: { kind: string; share: number }): JSX.Element => (
  <span class={kind} ref={(element) => element?.style.setProperty('width', `${share * 100}%`)} />
);
