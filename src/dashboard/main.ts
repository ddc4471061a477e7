import { queryGateway, Trouble } from './query-gateway.js';
import { type Dashboard, openDashboard } from './dashboard.js';
import { find } from './make-element.js';
import { viewer } from './operations/viewer.js';
import { dropToken, keepToken, readToken } from './session.js';
import { showSignIn, wireSignIn } from './sign-in.js';
import { showTheme, wireThemeButton } from './theme.js';

const door = find('door', HTMLElement);
const desk = find('desk', HTMLElement);
const signOut = find('sign-out', HTMLButtonElement);
let open: Dashboard | null = null;

const show = (part: HTMLElement): void => {
  door.hidden = part !== door;
  desk.hidden = part !== desk;
  signOut.hidden = part !== desk;
};

const leave = (why: string): void => {
  open?.stop();
  open = null;
  dropToken();
  for (const dialog of document.querySelectorAll('dialog')) dialog.close();
  find('panels', HTMLElement).replaceChildren();
  find('who', HTMLElement).textContent = '';
  show(door);
  showSignIn(why);
};

const enter = async (token: string): Promise<void> => {
  const found = await queryGateway(token, viewer, {});
  keepToken(token);
  show(desk);
  open?.stop();
  open = openDashboard(token, found, leave);
};

showTheme();
wireThemeButton(find('theme', HTMLButtonElement), () => open?.redraw());
wireSignIn(enter);
signOut.addEventListener('click', () => leave(''));

const kept = readToken();
if (kept === null) show(door);
else {
  enter(kept).catch((error: unknown) => {
    // A gateway that is down has not refused the token, so it is kept for the next try.
    show(door);
    if (error instanceof Trouble && error.kind === 'SIGNED_OUT') leave(error.message);
    else
      showSignIn(error instanceof Trouble ? `${error.message} Load the page again.` : 'Load the page again.');
  });
}
