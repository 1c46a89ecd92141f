import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { menus, type Entry, type Page } from './menu';
import { menuIcon } from './MenuIcon';
import { useCan, useMe } from './session';

const within = (path: string, page: string) => path === page || path.startsWith(`${page}/`);

// SideMenu lists what somebody's role works with, and the pages of the entry that is open.
export function SideMenu({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const { role } = useMe();
  const can = useCan();
  const { pathname } = useLocation();
  const pagesOf = (entry: Entry): Page[] => (entry.pages ?? []).filter((p) => !p.operation || can(p.operation));
  const menu = menus[role] ?? [];
  const here = menu.flatMap((e) => [e.path, ...(e.within ?? []), ...pagesOf(e).map((p) => p.path)]).filter((p) => within(pathname, p)).sort((a, b) => b.length - a.length)[0];
  return (
    <nav aria-label={t('menu.label')}>
      <ul className="side">
        {menu.map((entry) => {
          const pages = pagesOf(entry);
          const to = pages[0]?.path ?? entry.path;
          const open = here !== undefined && (here === entry.path || entry.within?.includes(here) || pages.some((p) => p.path === here));
          return (
            <li key={entry.key}>
              <Link to={to} onClick={onGo} aria-current={open && (pages.length < 2 || !pages.some((p) => p.path === here)) ? 'page' : undefined}><span aria-hidden="true">{menuIcon(entry.key)}</span>{t(entry.text)}</Link>
              {open && pages.length > 1 && (
                <ul className="side">
                  {pages.map((p) => <li key={p.path}><Link to={p.path} onClick={onGo} aria-current={here === p.path ? 'page' : undefined}>{t(p.text)}</Link></li>)}
                </ul>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
