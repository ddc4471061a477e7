const key = 'firmable-gateway token';

/** The viewer's token, kept in this tab until it is closed, and nowhere else. */
export const readToken = (): string | null => sessionStorage.getItem(key);

export const keepToken = (token: string): void => sessionStorage.setItem(key, token);

export const dropToken = (): void => sessionStorage.removeItem(key);
