import type { JSX, RefObject } from 'preact';
import { Suspense } from 'preact/compat';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Route, Switch, useLocation } from 'wouter-preact';
import { NotFoundPage } from '../pages/not-found-page.js';
import { Button } from '../ui/button.js';
import { ErrorBoundary } from '../ui/error-boundary.js';
import { keepFocus } from '../ui/focus.js';
import { Notices } from '../ui/notice.js';
import { GatewayState } from './gateway-state.js';
import { Navigation } from './navigation.js';
import { pageRoutes } from './pages.js';
import { useSession } from './session.js';
import { ThemeButton } from './theme-button.js';

/** The frame around every page: the header, the navigation, notices, and the page of the address. */
export const Shell = (): JSX.Element => {
  const [path] = useLocation();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const menuButton = useRef<HTMLButtonElement>(null);
  useEffect(keepFocus, []);
  useEffect(() => setMenuOpen(false), [path]);
  useEffect(() => {
    if (!isMenuOpen) return undefined;
    const closeByEscape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      setMenuOpen(false);
      // Its links are hidden, and the focus with them.
      menuButton.current?.focus();
    };
    document.addEventListener('keydown', closeByEscape);
    return () => document.removeEventListener('keydown', closeByEscape);
  }, [isMenuOpen]);
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header menuButton={menuButton} isMenuOpen={isMenuOpen} toggleMenu={() => setMenuOpen(!isMenuOpen)} />
      <Navigation isOpen={isMenuOpen} />
      <main id="main" class="main" tabIndex={-1}>
        <Notices />
        <ErrorBoundary key={path}>
          <Suspense fallback={<p class="opening">Loading…</p>}>
            <Switch>
              {pageRoutes.map((route) => (
                <Route key={route.path} path={route.path}>
                  <route.page />
                </Route>
              ))}
              <Route>
                <NotFoundPage />
              </Route>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  );
};

type HeaderProps = {
  menuButton: RefObject<HTMLButtonElement>;
  isMenuOpen: boolean;
  toggleMenu: () => void;
};

const Header = ({ menuButton, isMenuOpen, toggleMenu }: HeaderProps): JSX.Element => {
  const { viewer, signOut } = useSession();
  return (
    <header class="header">
      <button
        ref={menuButton}
        type="button"
        class="menu-button"
        aria-expanded={isMenuOpen}
        aria-controls="navigation"
        onClick={toggleMenu}
      >
        Menu
      </button>
      <p class="brand">firmable-gateway</p>
      <p class="viewer" title={`${viewer.workspace.name} · ${viewer.token.name}`}>
        {viewer.workspace.name} · {viewer.token.name} ({viewer.role.toLowerCase()})
      </p>
      <GatewayState />
      <ThemeButton />
      <Button kind="plain" onClick={() => signOut('')}>
        Sign out
      </Button>
    </header>
  );
};
