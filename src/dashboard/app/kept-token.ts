const key = 'firmable-gateway token';

/** The viewer's token: of this tab, or of every tab of this browser if the viewer chose to stay signed in. */
export const readToken = (): string | null => sessionStorage.getItem(key) ?? localStorage.getItem(key);

/** Keeps the token until the tab is closed, or with `stay` until the viewer signs out. */
export const keepToken = (token: string, stay: boolean): void => {
  removeToken();
  (stay ? localStorage : sessionStorage).setItem(key, token);
};

/** Whether the token is kept until the viewer signs out. */
export const isTokenKept = (): boolean => localStorage.getItem(key) !== null;

/** Forgets the token in all tabs: those that this one has opened have a copy of it. */
export const dropToken = (): void => {
  const token = readToken();
  removeToken();
  if (token === null) return;
  const channel = new BroadcastChannel(key);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches this origin only
  channel.postMessage(token);
  channel.close();
};

const removeToken = (): void => {
  sessionStorage.removeItem(key);
  localStorage.removeItem(key);
};

/** Calls `changed` when another tab has signed in or out for all tabs, or out with this tab's token. Returns what ends it. */
export const watchToken = (changed: () => void): (() => void) => {
  const listen = (event: StorageEvent): void => {
    if (event.storageArea === localStorage && (event.key === key || event.key === null)) changed();
  };
  addEventListener('storage', listen);
  const channel = new BroadcastChannel(key);
  channel.addEventListener('message', ({ data: dropped }) => {
    if (sessionStorage.getItem(key) !== dropped) return;
    sessionStorage.removeItem(key);
    changed();
  });
  return () => {
    removeEventListener('storage', listen);
    channel.close();
  };
};
