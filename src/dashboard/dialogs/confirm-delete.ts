import type { App } from '../app.js';
import { make } from '../make-element.js';
import { messageOf } from '../panel.js';

/** A button that deletes with its second click. */
export const makeDelete = (app: App, remove: () => Promise<void>): HTMLElement => {
  let isSure = false;
  const button = make('button', { type: 'button', class: 'tool danger' }, 'Delete');
  const click = async (): Promise<void> => {
    if (isSure) return await remove();
    isSure = true;
    button.textContent = 'Confirm deletion';
  };
  button.addEventListener('click', () => {
    click().catch((error: unknown) => app.announce(messageOf(error)));
  });
  return button;
};
