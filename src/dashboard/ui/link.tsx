import type { ComponentChildren, JSX } from 'preact';
import { Link as RouterLink } from 'wouter-preact';
import { type AddressParameters, usePathTo } from '../app/use-view.js';

export type LinkProps = {
  /** A path of the application, without the path under which it is served: /usage. */
  to: string;
  /** Parameters of the address. Those of the period and time zone are kept from the present one. */
  parameters?: AddressParameters;
  /** Whether it leads to the page that is shown. */
  current?: boolean;
  class?: string;
  label?: string;
  children: ComponentChildren;
};

/** A link within the application, which keeps the period and time zone. */
export const Link = ({
  to,
  parameters,
  current = false,
  class: name,
  label,
  children,
}: LinkProps): JSX.Element => {
  const pathTo = usePathTo();
  return (
    <RouterLink
      href={pathTo(to, parameters)}
      class={name ?? 'link'}
      aria-label={label}
      {...(current ? { 'aria-current': 'page' as const } : {})}
    >
      {children}
    </RouterLink>
  );
};
