import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { figure } from '@/app/figure';
import { Section } from '@/ui/Page';
import { LedgerRef } from '@/ui/LedgerRef';
import { ProblemNote } from '@/ui/Problem';
import { useEventName } from './events';
import { useStory, type Step, type Traced } from './story';
import { PartyName } from '@/ui/PartyName';
import { Moment } from '@/ui/Time';

// TableView lists every step and where everything is now.
export default function TableView(traced: Traced) {
  const { t } = useTranslation('auditor');
  const story = useStory(traced);
  const nameOf = useEventName();
  const pagination = { pageSize: 50, hideOnSinglePage: true, showSizeChanger: false };
  return (
    <>
      <ProblemNote error={story.error} retry={() => void story.refetch()} />
      <Section title={t('trace.steps')}>
        <Table<Step> size="small" loading={story.isPending} rowKey="txId" dataSource={story.data?.events ?? []} pagination={pagination} scroll={{ x: 'max-content' }} columns={[
          { title: t('col.at'), render: (_, e) => <Moment at={e.at} /> },
          { title: t('col.step'), render: (_, e) => nameOf(e.type) },
          { title: t('col.by'), dataIndex: 'by' },
          { title: t('col.from'), dataIndex: 'from' },
          { title: t('col.to'), dataIndex: 'to' },
          { title: t('col.units'), align: 'right', render: (_, e) => <span className="figure">{figure(e.units)}</span> },
          { title: t('col.block'), align: 'right', render: (_, e) => <span className="figure">{figure(e.block)}</span> },
          { title: t('col.proof'), render: (_, e) => <LedgerRef txId={e.txId} /> },
        ]} />
      </Section>
      <Section title={t('trace.now')}>
        <Table size="small" loading={story.isPending} rowKey={(h) => String(h.from)} dataSource={story.data?.holdings ?? []} pagination={pagination} scroll={{ x: 'max-content' }} columns={[
          { title: t('col.by'), render: (_, h) => <PartyName id={h.party} /> },
          { title: t('col.state'), render: (_, h) => t(`state.${h.state}`) },
          { title: t('col.to'), render: (_, h) => h.to },
          { title: t('col.first'), align: 'right', render: (_, h) => <span className="figure">{figure(h.from + 1)}</span> },
          { title: t('col.units'), align: 'right', render: (_, h) => <span className="figure">{figure(h.count)}</span> },
        ]} />
      </Section>
    </>
  );
}
