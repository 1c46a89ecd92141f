import { MenuOutlined } from '@ant-design/icons';
import { Button, Grid, Layout } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Outlet, ScrollRestoration, useLocation, useSearchParams } from 'react-router';
import { asProblem } from '@/api/problem';
import { onSessionEnded } from '@/api/again';
import { ProblemNote } from '@/ui/Problem';
import { Mark } from './Mark';
import { Person } from './Person';
import { SearchBox } from './SearchBox';
import { Session, useMeQuery } from './session';
import { SideMenu } from './SideMenu';
import { Waiting } from './Waiting';

// What few pages need at once is loaded when it is needed.
const LedgerDrawer = lazy(() => import('@/ui/LedgerDrawer'));
const MenuDrawer = lazy(() => import('./MenuDrawer'));
const SessionEnded = lazy(() => import('./SessionEnded'));

// Shell is the frame around every page of somebody who is signed in.
export function Shell() {
  const me = useMeQuery();
  const { pathname, search } = useLocation();
  if (me.isPending) return <Waiting />;
  if (me.error && asProblem(me.error).status === 401) {
    return <Navigate to={`/signin?to=${encodeURIComponent(pathname + search)}`} replace />;
  }
  if (!me.data) return <div style={{ padding: 48 }}><ProblemNote error={me.error} retry={() => me.refetch()} /></div>;
  return <Session.Provider value={me.data}><Frame /></Session.Provider>;
}

function Frame() {
  const { t } = useTranslation();
  const wide = Grid.useBreakpoint().md !== false;
  const [open, setOpen] = useState(false);
  const [ended, setEnded] = useState(false);
  useEffect(() => onSessionEnded(() => setEnded(true)), []);
  const shown = useSearchParams()[0].has('tx');
  const [drawer, setDrawer] = useState(shown);
  if (shown && !drawer) setDrawer(true); // and stays, so that it can close slowly
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <a className="skip" href="#main">{t('shell.skip')}</a>
      <Layout.Header className="no-print" style={{ display: 'flex', alignItems: 'center', gap: 12, padding: wide ? '0 24px' : '0 12px', borderBottom: '1px solid var(--hairline)', position: 'sticky', top: 0, zIndex: 5 }}>
        {!wide && <Button type="text" icon={<MenuOutlined />} aria-label={t('menu.label')} aria-expanded={open} onClick={() => setOpen(true)} />}
        <Link to="/" aria-label={t('brand')} style={{ display: 'flex' }}><Mark /></Link>
        <span style={{ flex: 1 }} />
        <SearchBox wide={wide} />
        <Person />
      </Layout.Header>
      <Layout>
        {wide && (
          <Layout.Sider className="no-print" width={208} style={{ padding: '12px 8px', position: 'sticky', top: 56, height: 'calc(100vh - 56px)', overflowY: 'auto' }}>
            <SideMenu />
          </Layout.Sider>
        )}
        <main id="main" tabIndex={-1} style={{ flex: 1, padding: wide ? '24px 32px' : '16px 12px', borderLeft: wide ? '1px solid var(--hairline)' : undefined, maxWidth: 1440, minWidth: 0, outline: 'none' }}>
          <Suspense fallback={<Waiting />}><Outlet /></Suspense>
        </main>
      </Layout>
      <Suspense fallback={null}>
        {!wide && <MenuDrawer open={open} onClose={() => setOpen(false)} />}
        {drawer && <LedgerDrawer />}
        {ended && <SessionEnded onDone={() => setEnded(false)} />}
      </Suspense>
      <ScrollRestoration />
    </Layout>
  );
}
