import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { language } from '@/app/language';
import { useCan, useMe } from '@/app/session';
import { Bars } from '@/plain/Bars';
import { ButtonLink } from '@/plain/Button';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { FirstSteps } from './FirstSteps';
import { overviewQuery } from './query';
import { TaskList } from './TaskList';

const atWork: readonly string[] = ['producer', 'distributor', 'seller', 'applicant'];

// The first page: what needs me today, and for a new party what to do first. A creator, whom nothing waits for, sees what came of his links.
export function Component() {
  const can = useCan();
  return can('getOverview') ? <Overview /> : <Navigate to="/insight" replace />;
}

function Overview() {
  const { t } = useTranslation('overview');
  const me = useMe();
  const overview = useQuery(overviewQuery);
  const name = me.partyName?.[language()] || me.partyName?.['zh-CN'] || me.party;
  return (
    <Page title={t('title')} name={t('title')} actions={<QuickActions />}>
      <p className="quiet" style={{ margin: '-12px 0 20px' }}>{name}</p>
      <ProblemNote error={overview.error} retry={() => void overview.refetch()} />
      {overview.isPending && <Bars rows={8} />}
      {overview.data && (
        <div style={{ display: 'grid', gap: 24 }}>
          {atWork.includes(me.role) && <FirstSteps steps={overview.data.steps} role={me.role} />}
          <TaskList groups={overview.data.groups} />
        </div>
      )}
    </Page>
  );
}

function QuickActions() {
  const { t } = useTranslation('overview');
  const { role } = useMe();
  const can = useCan();
  if (!atWork.includes(role)) return null; // who has no goods in hand may call it, and does not
  return (
    <>
      {can('ship') && <ButtonLink to="/custody/ship">{t('ship')}</ButtonLink>}
      {can('registerBatch') && <ButtonLink kind="primary" to="/batches/new">{t('newBatch')}</ButtonLink>}
    </>
  );
}
