import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from './button.js';

export type DialogProps = {
  title: string;
  isWide?: boolean;
  /** Runs when it is closed by its button or Escape. The caller takes it away then. */
  close: () => void;
  children: ComponentChildren;
};

/** A modal dialog. It opens when it is rendered; the focus returns to where it was when it is gone. */
export const Dialog = ({ title, isWide = false, close, children }: DialogProps): JSX.Element => {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
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
