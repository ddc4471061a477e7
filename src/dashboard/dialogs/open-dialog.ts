import { make } from '../make-element.js';

/**
 * Opens a dialog over the page and gives it back; Escape and the button close it, the focus returns to where it was,
 * and then it is gone with all that was typed into it.
 */
export const openDialog = (title: string, ...content: readonly HTMLElement[]): HTMLDialogElement => {
  const titleId = `dialog-title-${document.querySelectorAll('dialog').length}`;
  const dialog = make('dialog', { 'aria-labelledby': titleId });
  const close = make(
    'button',
    { type: 'button', class: 'tool', 'aria-label': 'Close', click: () => dialog.close() },
    'Close',
  );
  dialog.append(
    make('header', { class: 'dialog-head' }, make('h2', { id: titleId }, title), close),
    ...content,
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
};
