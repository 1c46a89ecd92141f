import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { language } from '@/app/language';
import { useCan, useMe } from '@/app/session';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { FirstSteps } from './FirstSteps';
import { overviewQuery } from './query';
import { TaskList } from './TaskList';

const atWork: readonly string[] = ['producer', 'distributor', 'seller', 'applicant'];

// The first page: what needs me today, and for a new party what to do first.
export function Component() {
  const { t } = useTranslation('overview');
  const me = useMe();
  const overview = useQuery(overviewQuery);
  const name = me.partyName?.[language()] || me.partyName?.['zh-CN'] || me.party;
  return (
    <Page title={t('title')} name={t('title')} actions={<QuickActions />}>
      <p className="quiet" style={{ margin: '-12px 0 20px' }}>{name}</p>
      <ProblemNote error={overview.error} retry={() => void overview.refetch()} />
      {overview.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {overview.data && (
        <Flex vertical gap={24}>
          {atWork.includes(me.role) && <FirstSteps steps={overview.data.steps} role={me.role} />}
          <TaskList groups={overview.data.groups} />
        </Flex>
      )}
    </Page>
  );
}

function QuickActions() {
  const { t } = useTranslation('overview');
  const can = useCan();
  return (
    <>
      {can('registerBatch') && <Link to="/batches/new"><Button type="primary" tabIndex={-1}>{t('newBatch')}</Button></Link>}
      {can('ship') && <Link to="/custody/ship"><Button tabIndex={-1}>{t('ship')}</Button></Link>}
    </>
  );
}
