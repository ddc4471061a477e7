import type { ComponentChildren, JSX } from 'preact';

export type ButtonProps = {
  /** primary: the one action of a form or page. plain: without a border, for tools. danger: destroys something. */
  kind?: 'primary' | 'secondary' | 'plain' | 'danger';
  type?: 'button' | 'submit';
  /** What screen readers say, where the text alone is not clear. It begins with the visible text. */
  label?: string;
  isDisabled?: boolean;
  /** For buttons that stay pressed. */
  isPressed?: boolean;
  onClick?: () => void;
  children: ComponentChildren;
};

export const Button = ({
  kind = 'secondary',
  type = 'button',
  label,
  isDisabled = false,
  isPressed,
  onClick,
  children,
}: ButtonProps): JSX.Element => (
  <button
    type={type}
    class={`button ${kind}`}
    disabled={isDisabled}
    aria-label={label}
    aria-pressed={isPressed}
    onClick={onClick}
  >
    {children}
  </button>
);
