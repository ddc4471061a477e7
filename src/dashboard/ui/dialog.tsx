import type { ComponentChildren, JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from './button.js';
import { focusHeading } from './focus.js';

export type DialogProps = {
  title: string;
  isWide?: boolean;
  /** Runs when it is closed by its button or Escape. The caller takes it away then. */
  close: () => void;
  children: ComponentChildren;
};

/**
 * A modal dialog. It opens when it is rendered. When it is gone, the focus returns to where it was, or to the nearest
 * heading if that is gone as well.
 */
export const Dialog = ({ title, isWide = false, close, children }: DialogProps): JSX.Element => {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before it is painted, so that no key press is lost.
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    const panel = before?.closest('.panel') ?? null;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) returnFocus(before, panel, element);
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={isWide ? 'dialog wide' : 'dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <header class="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <Button kind="plain" onClick={close}>
          Close
        </Button>
      </header>
      {children}
    </dialog>
  );
};

/**
 * Focuses a control. What a dialog deletes may leave the page after the dialog, so the control is watched until the focus
 * moves on: where it is gone, the heading of its panel has the focus, or that of the page.
 */
const returnFocus = (control: HTMLElement, panel: Element | null, dialog: Element | null): void => {
  control.focus();
  const observer = new MutationObserver(() => check());
  const check = (): void => {
    if (control.isConnected && document.activeElement === control) return;
    observer.disconnect();
    const { activeElement } = document;
    const isLost =
      activeElement === null || activeElement === document.body || dialog?.contains(activeElement) === true;
    if (isLost && (!control.isConnected || control.matches(':disabled'))) focusHeading(panel);
  };
  observer.observe(document.body, { childList: true, subtree: true });
  check();
};
