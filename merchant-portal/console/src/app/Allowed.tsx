import { useTranslation } from 'react-i18next';
import { Outlet, useMatches } from 'react-router';
import { Empty } from '@/ui/Empty';
import { Page } from '@/ui/Page';
import { type Operation, useCan } from './session';

// Needs is a route's handle that names the operation its page is for: { path: 'quality/recalls/new', handle: needs('recall'), lazy: ... }.
type Needs = { needs: Operation };

export const needs = (operation: Operation): Needs => ({ needs: operation });

// Allowed shows a page to who may do what it is for, and says to others who can let them, before they fill in a form in vain.
export function Allowed() {
  const { t } = useTranslation();
  const can = useCan();
  const wanted = useMatches().flatMap(({ handle }) => (handle as Needs | undefined)?.needs ?? []);
  if (wanted.every(can)) return <Outlet />;
  return <Page title={t('allowed.not')}><Empty action={t('broken.home')} to="/">{t('allowed.notWhy')}</Empty></Page>;
}
