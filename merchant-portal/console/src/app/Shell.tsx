import { MenuOutlined } from '@ant-design/icons';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Outlet, ScrollRestoration, useLocation, useSearchParams } from 'react-router';
import { asProblem } from '@/api/problem';
import { onSessionEnded } from '@/api/again';
import { Button } from '@/plain/Button';
import { useWidth } from '@/plain/useWidth';
import { ProblemNote } from '@/ui/Problem';
import { Mark } from './Mark';
import { Person } from './Person';
import { SearchBox } from './SearchBox';
import { Session, useMeQuery } from './session';
import { SideMenu } from './SideMenu';
import { Waiting } from './Waiting';

// What few pages need at once is loaded when it is needed.
const LedgerDrawer = lazy(() => import('@/ui/LedgerDrawer'));
const MenuSheet = lazy(() => import('./MenuSheet'));
const SessionEnded = lazy(() => import('./SessionEnded'));

// Shell is the frame around every page of somebody who is signed in.
export function Shell() {
  const me = useMeQuery();
  const { pathname, search } = useLocation();
  if (me.isPending) return <Waiting />;
  const out = !!me.error && asProblem(me.error).status === 401;
  if (out && !me.data) {
    return <Navigate to={`/signin?to=${encodeURIComponent(pathname + search)}`} replace />;
  }
  if (!me.data) return <div style={{ padding: 'clamp(12px, 4vw, 48px)' }}><ProblemNote error={me.error} retry={() => me.refetch()} /></div>;
  return <Session.Provider value={me.data}><Frame out={out} /></Session.Provider>;
}

// Frame keeps what is being worked on while its session has ended: `out` where that was found out by looking, and not by sending.
function Frame({ out }: { out: boolean }) {
  const { t } = useTranslation();
  const wide = useWidth('md');
  const [open, setOpen] = useState(false);
  const [ended, setEnded] = useState(false);
  useEffect(() => onSessionEnded(() => setEnded(true)), []);
  const shown = useSearchParams()[0].has('tx');
  const [drawer, setDrawer] = useState(shown);
  if (shown && !drawer) setDrawer(true); // and stays, so that it can close slowly
  return (
    <>
      <a className="skip" href="#main">{t('shell.skip')}</a>
      <header className="shell-head no-print">
        {!wide && <Button kind="text" icon={<MenuOutlined />} aria-label={t('menu.label')} aria-expanded={open} onClick={() => setOpen(true)} />}
        <Link to="/" aria-label={t('brand')} style={{ display: 'flex' }}><Mark /></Link>
        <span style={{ flex: 1 }} />
        <SearchBox wide={wide} />
        <Person />
      </header>
      <div className="shell-body">
        {wide && <aside className="shell-side no-print"><SideMenu /></aside>}
        <main id="main" tabIndex={-1}><Suspense fallback={<Waiting />}><Outlet /></Suspense></main>
      </div>
      <Suspense fallback={null}>
        {!wide && open && <MenuSheet onClose={() => setOpen(false)} />}
        {drawer && <LedgerDrawer />}
        {(ended || out) && <SessionEnded onDone={() => setEnded(false)} />}
      </Suspense>
      <ScrollRestoration />
    </>
  );
}
