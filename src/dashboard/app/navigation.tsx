import type { JSX } from 'preact';
import { useLocation } from 'wouter-preact';
import { Link } from '../ui/link.js';
import { basePath } from './page-settings.js';
import { pageRoutes } from './pages.js';

const groups = ['Work', 'Accounts', 'Control'] as const;

/** Links to every page; on narrow screens a menu that opens. */
export const Navigation = ({ isOpen }: { isOpen: boolean }): JSX.Element => {
  const [path] = useLocation();
  const isCurrent = (target: string): boolean =>
    target === '/' ? path === '/' : path === target || path.startsWith(`${target}/`);
  return (
    <nav id="navigation" class={isOpen ? 'navigation open' : 'navigation'} aria-label="Pages">
      {groups.map((group) => (
        <ul key={group}>
          {pageRoutes
            .filter((route) => route.group === group)
            .map(({ path: target, title }) => (
              <li key={target}>
                <Link to={target} current={isCurrent(target)}>
                  {title}
                </Link>
              </li>
            ))}
        </ul>
      ))}
      <ul>
        <li>
          <a href={`${basePath()}/graphql`} target="_blank" rel="opener">
            GraphiQL
          </a>
        </li>
      </ul>
    </nav>
  );
};
