import { queryGateway, RequestError } from './query-gateway.js';
import { type Dashboard, openDashboard } from './dashboard.js';
import { find } from './make-element.js';
import { viewer } from './operations/viewer.js';
import { dropToken, keepToken, readToken, showSignIn, wireSignIn } from './sign-in.js';
import { showTheme, wireThemeButton } from './theme.js';

const signInPage = find('sign-in-page', HTMLElement);
const dashboardPage = find('dashboard', HTMLElement);
const signOut = find('sign-out', HTMLButtonElement);
let open: Dashboard | null = null;

const show = (part: HTMLElement): void => {
  signInPage.hidden = part !== signInPage;
  dashboardPage.hidden = part !== dashboardPage;
  signOut.hidden = part !== dashboardPage;
};

const leave = (why: string): void => {
  open?.stop();
  open = null;
  dropToken();
  for (const dialog of document.querySelectorAll('dialog')) dialog.close();
  find('panels', HTMLElement).replaceChildren();
  find('who', HTMLElement).textContent = '';
  show(signInPage);
  showSignIn(why);
};

const enter = async (token: string): Promise<void> => {
  const found = await queryGateway(token, viewer, {});
  keepToken(token);
  show(dashboardPage);
  open?.stop();
  open = openDashboard(token, found, leave);
};

showTheme();
wireThemeButton(find('theme', HTMLButtonElement), () => open?.redraw());
wireSignIn(enter);
signOut.addEventListener('click', () => leave(''));

const kept = readToken();
if (kept === null) show(signInPage);
else {
  enter(kept).catch((error: unknown) => {
    // A gateway that is down has not refused the token, so it is kept.
    show(signInPage);
    if (error instanceof RequestError && error.kind === 'SIGNED_OUT') leave(error.message);
    else
      showSignIn(
        error instanceof RequestError ? `${error.message} Load the page again.` : 'Load the page again.',
      );
  });
}
