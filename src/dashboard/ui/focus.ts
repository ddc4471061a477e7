/** Focuses the heading of a panel; that of the page, if the panel is null or gone. */
export const focusHeading = (panel: Element | null): void => {
  const near = panel?.isConnected === true ? panel.querySelector<HTMLElement>('h2') : null;
  const heading = near ?? document.querySelector<HTMLElement>('main h1');
  if (heading === null) return;
  heading.tabIndex = -1;
  // What a change shows in its place stays in view.
  heading.focus({ preventScroll: true });
};

/**
 * Keeps the focus on the page when the control that has it disappears: it moves to the heading of its panel, or to that of the
 * page. A control that was only disabled for a while gets it back. Returns what ends it.
 */
export const keepFocus = (): (() => void) => {
  let control: HTMLElement | null = null;
  let panel: Element | null = null;
  const remember = (): void => {
    const { activeElement } = document;
    const isNowhere = activeElement === document.body || !(activeElement instanceof HTMLElement);
    control = isNowhere ? null : activeElement;
    panel = control?.closest('.panel') ?? null;
  };
  const check = (): void => {
    if (control === null || document.activeElement !== document.body) return;
    if (!control.isConnected) focusHeading(panel);
    else if (!control.matches(':disabled')) control.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(check);
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  document.addEventListener('focusin', remember);
  // A click beside every control takes the focus away, and nothing may give it back.
  document.addEventListener('pointerup', remember);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', remember);
    document.removeEventListener('pointerup', remember);
  };
};
