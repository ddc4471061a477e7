const key = 'firmable-gateway theme';

type Theme = 'light' | 'dark';

/** Shows the colours chosen before, else the system's. */
export const showTheme = (): void => {
  const chosen = localStorage.getItem(key);
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['theme'] = chosen;
};

/** The button that changes between light and dark; `changed` runs when the colours are other ones. */
export const wireThemeButton = (button: HTMLButtonElement, changed: () => void): void => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const label = (): void => {
    const other = current(dark) === 'dark' ? 'Light' : 'Dark';
    button.textContent = other;
    button.setAttribute('aria-label', `${other} colours`);
  };
  button.addEventListener('click', () => {
    const next: Theme = current(dark) === 'dark' ? 'light' : 'dark';
    localStorage.setItem(key, next);
    document.documentElement.dataset['theme'] = next;
    label();
    changed();
  });
  dark.addEventListener('change', () => {
    label();
    changed();
  });
  label();
};

const current = (dark: MediaQueryList): Theme => {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return dark.matches ? 'dark' : 'light';
};

/** A colour of the style sheets as it is shown now, by the name of its custom property. */
export const colour = (name: string): string => {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const shown = getComputedStyle(probe).color;
  probe.remove();
  return shown;
};
