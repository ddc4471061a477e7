import { messageOf } from './panel.js';
import { find } from './make-element.js';

/** The sign-in form: `enter` takes a token, and throws RequestError if the gateway refuses it. */
export const wireSignIn = (enter: (token: string) => Promise<void>): void => {
  const form = find('sign-in', HTMLFormElement);
  const field = find('token', HTMLInputElement);
  const wrong = find('sign-in-wrong', HTMLElement);
  field.value = demoToken();
  const submit = async (): Promise<void> => {
    wrong.textContent = '';
    const token = field.value.trim().replace(/^Bearer\s+/i, '');
    if (!/^[\w.~+/=-]+$/.test(token)) {
      wrong.textContent = 'Paste a token of this gateway: it begins with fgw_.';
      field.focus();
      return;
    }
    try {
      await enter(token);
      field.value = '';
    } catch (error) {
      wrong.textContent = messageOf(error);
      field.focus();
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
};

/** Shows the form again, with why. */
export const showSignIn = (why: string): void => {
  find('sign-in-wrong', HTMLElement).textContent = why;
  const field = find('token', HTMLInputElement);
  field.value = demoToken();
  field.focus();
};

/** The sandbox demo's token, which the gateway writes into the page for a browser on its own machine. */
const demoToken = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="demo-token"]')?.content ?? '';

const key = 'firmable-gateway token';

/** The viewer's token, kept until this tab is closed. */
export const readToken = (): string | null => sessionStorage.getItem(key);

export const keepToken = (token: string): void => sessionStorage.setItem(key, token);

export const dropToken = (): void => sessionStorage.removeItem(key);
