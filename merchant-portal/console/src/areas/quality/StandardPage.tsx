import { useQuery } from '@tanstack/react-query';
import { Descriptions, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useCan } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { ButtonLink } from '@/plain/Button';
import { Id } from '@/ui/Id';
import { Page, Section } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { ProblemNote } from '@/ui/Problem';
import { Sideways } from '@/ui/Sideways';
import { Time } from '@/ui/Time';
import { standardQuery } from './queries';
import { limitsOf, measured, type Standard } from './standard';
import { said } from './words';

// Component is a standard in its latest version: what is looked at, how many of it, and what is tolerated.
export function Component() {
  const { t } = useTranslation('quality');
  const { id = '' } = useParams();
  const can = useCan();
  const standard = useQuery(standardQuery(id));
  const s = standard.data;
  return (
    <Page title={s ? said(s.name) : id} crumbs={[{ title: t('standards.title'), to: '/quality/standards' }]}
      actions={s && can('registerStandard') && <ButtonLink to={`/quality/standards/new?from=${encodeURIComponent(id)}`}>{t('standards.revise')}</ButtonLink>}>
      <ProblemNote error={standard.error} retry={() => void standard.refetch()} />
      {standard.isPending && <Waiting />}
      {s && <>
        <Section title={t('standards.facts')}>
          <Descriptions column={{ xs: 1, md: 2 }} items={[
            { key: 'id', label: t('standards.id'), children: <Id value={s.id} /> },
            { key: 'version', label: t('standards.version'), children: s.version },
            { key: 'category', label: t('standards.category'), children: s.category },
            { key: 'level', label: t('standards.level'), children: s.level },
            { key: 'reduce', label: t('standards.mayReduce'), children: t(s.mayReduce ? 'standards.yes' : 'standards.no') },
            { key: 'by', label: t('standards.by'), children: <span><PartyName id={s.by} /> · <Time at={s.at} /></span> },
          ]} />
        </Section>
        <Section title={t('standards.limits')}><Limits standard={s} /></Section>
        <Section title={t('standards.items')}><Items standard={s} /></Section>
      </>}
    </Page>
  );
}

function Limits({ standard: s }: { standard: Standard }) {
  const { t } = useTranslation('quality');
  return <Sideways label={t('standards.limits')}><Table size="small" rowKey="class" pagination={false} dataSource={s.limits} columns={[
    { title: t('plan.class'), render: (_, l) => t(`defect.${l.class}`) }, { title: 'AQL', dataIndex: 'aql', className: 'figure' }]} /></Sideways>;
}

function Items({ standard: s }: { standard: Standard }) {
  const { t } = useTranslation('quality');
  return <Sideways label={t('standards.items')}><Table size="small" rowKey="id" pagination={false} dataSource={s.items} columns={[
    { title: t('standards.item'), render: (_, i) => <>{said(i.name)} <span className="id quiet">{i.id}</span></> },
    { title: t('plan.class'), render: (_, i) => t(`defect.${i.class}`) },
    { title: t('standards.method'), render: (_, i) => i.method ?? '—' },
    { title: t('standards.allowed'), className: 'figure', render: (_, i) => (measured(i) ? limitsOf(i) : t('standards.looked')) },
    { title: t('standards.samples'), className: 'figure', render: (_, i) => i.samples ?? t('standards.each') }]} /></Sideways>;
}
