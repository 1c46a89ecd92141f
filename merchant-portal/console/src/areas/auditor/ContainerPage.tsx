import { useQuery } from '@tanstack/react-query';
import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { answer, api } from '@/api/client';
import { Id } from '@/ui/Id';
import { Page } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { ProblemNote } from '@/ui/Problem';
import { Time } from '@/ui/Time';
import { LinesTable } from './LinesTable';

// ContainerPage tells what is in a case or pallet, what it is in, and who has it.
export function Component() {
  const { t } = useTranslation('auditor');
  const { id: sscc = '' } = useParams();
  const box = useQuery({ queryKey: ['containers', sscc], queryFn: () => answer(api.GET('/api/v1/containers/{sscc}', { params: { path: { sscc } } })) });
  const c = box.data;
  return (
    <Page title={t('container.title', { sscc })} crumbs={[{ title: t('title'), to: '/auditor' }]}>
      <ProblemNote error={box.error} retry={() => void box.refetch()} />
      {c && <Flex gap={24} wrap style={{ marginBottom: 16 }}>
        <span>{t('container.holder')} <PartyName id={c.holder} /></span>
        <span>{t('container.packed')} <PartyName id={c.packedBy} /> <Time at={c.packedAt} /></span>
        {c.unpackedAt && <span>{t('container.opened')} <Time at={c.unpackedAt} /></span>}
        {c.parent && <span>{t('container.in')} <Id value={c.parent} to={`/auditor/containers/${c.parent}`} /></span>}
        {c.containers?.map((inner) => <span key={inner}>{t('container.holds')} <Id value={inner} to={`/auditor/containers/${inner}`} /></span>)}
      </Flex>}
      {!box.error && (box.isPending || !!c?.lines?.length) && <LinesTable lines={c?.lines ?? []} loading={box.isPending} />}
    </Page>
  );
}
