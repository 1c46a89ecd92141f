import { Menu } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { menus, type Entry, type Page } from './menu';
import { menuIcon } from './MenuIcon';
import { useCan, useMe } from './session';

const startsWith = (path: string, with_: string) => path === with_ || path.startsWith(with_ + '/');

function pagesOf(entry: Entry, role: string, can: (operation: string) => boolean): Page[] {
  return (entry.pages ?? []).filter((p) => (!p.roles || (p.roles as readonly string[]).includes(role)) && (!p.operation || can(p.operation)));
}

// here finds the page whose path is the longest beginning of the address.
function here(menu: Entry[], path: string): { entry?: string; page?: string } {
  const all = menu.flatMap((e) => [{ entry: e.key, page: e.path }, ...(e.pages ?? []).map((p) => ({ entry: e.key, page: p.path }))]);
  return all.filter((p) => startsWith(path, p.page)).sort((a, b) => b.page.length - a.page.length)[0] ?? {};
}

export function SideMenu({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const { role } = useMe();
  const can = useCan();
  const menu = menus[role] ?? [];
  const { pathname } = useLocation();
  const at = here(menu, pathname);
  const items = menu.map((entry) => {
    const pages = pagesOf(entry, role, can);
    const link = <Link to={pages[0]?.path ?? entry.path} onClick={onGo}>{t(entry.text)}</Link>;
    const open = at.entry === entry.key && pages.length > 1;
    return [
      { key: open ? entry.key + ':' : entry.path, icon: menuIcon(entry.key), label: link },
      ...(open ? pages.map((p) => ({ key: p.path, className: 'menu-page', label: <Link to={p.path} onClick={onGo}>{t(p.text)}</Link> })) : []),
    ];
  }).flat();
  const selected = at.entry && pagesOf(menu.find((e) => e.key === at.entry) as Entry, role, can).length > 1 ? at.page : menu.find((e) => e.key === at.entry)?.path;
  return (
    <nav aria-label={t('menu.label')}>
      <Menu mode="inline" items={items} selectedKeys={selected ? [selected] : []} style={{ border: 'none' }} tabIndex={-1} role="presentation" />
    </nav>
  );
}
