const key = 'firmable-gateway theme';
const changeEvent = 'themechange';

export type Theme = 'light' | 'dark';

/** Shows the colours chosen before, else the system's. */
export const showTheme = (): void => {
  const chosen = localStorage.getItem(key);
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['theme'] = chosen;
};

/** Null: as the system shows them. */
export const chooseTheme = (theme: Theme | null): void => {
  if (theme === null) {
    localStorage.removeItem(key);
    delete document.documentElement.dataset['theme'];
  } else {
    localStorage.setItem(key, theme);
    document.documentElement.dataset['theme'] = theme;
  }
  dispatchEvent(new Event(changeEvent));
};

/** The colours that were chosen; null for those of the system. */
export const chosenTheme = (): Theme | null => {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === 'light' || chosen === 'dark' ? chosen : null;
};

export const currentTheme = (): Theme => chosenTheme() ?? (systemIsDark().matches ? 'dark' : 'light');

/** Calls `changed` when other colours are shown, by choice or by the system. Returns what ends it. */
export const watchTheme = (changed: () => void): (() => void) => {
  const system = systemIsDark();
  system.addEventListener('change', changed);
  addEventListener(changeEvent, changed);
  return () => {
    system.removeEventListener('change', changed);
    removeEventListener(changeEvent, changed);
  };
};

const systemIsDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

/** A colour of the style sheets as it is shown now, by the name of its custom property. */
export const colour = (name: string): string => {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const shown = getComputedStyle(probe).color;
  probe.remove();
  return shown;
};
