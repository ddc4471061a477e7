import { fetchFile } from './query-gateway.js';
import { make } from './make-element.js';

/** Fetches a file with the token and has the browser save it under a name. Throws RequestError. */
export const download = async (path: string, token: string, fileName: string): Promise<void> => {
  const url = URL.createObjectURL(await fetchFile(path, token));
  const link = make('a', { href: url, download: fileName, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
