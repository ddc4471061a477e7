const key = 'firmable-gateway token';

/** The viewer's token: of this tab, or of every tab of this browser if the viewer chose to stay signed in. */
export const readToken = (): string | null => sessionStorage.getItem(key) ?? localStorage.getItem(key);

/** Keeps the token until the tab is closed, or with `stay` until the viewer signs out. */
export const keepToken = (token: string, stay: boolean): void => {
  dropToken();
  (stay ? localStorage : sessionStorage).setItem(key, token);
};

export const dropToken = (): void => {
  sessionStorage.removeItem(key);
  localStorage.removeItem(key);
};

/** Calls `changed` when another tab has signed in or out for all tabs. Returns what ends it. */
export const watchToken = (changed: () => void): (() => void) => {
  const listen = (event: StorageEvent): void => {
    if (event.storageArea === localStorage && (event.key === key || event.key === null)) changed();
  };
  addEventListener('storage', listen);
  return () => removeEventListener('storage', listen);
};
