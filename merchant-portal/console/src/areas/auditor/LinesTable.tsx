import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { figure } from '@/app/figure';
import { Id } from '@/ui/Id';
import { batchPath } from './hits';

// LinesTable lists units by batch; each batch leads to its trace.
export function LinesTable({ lines, loading }: { lines: Schemas['Line'][]; loading?: boolean }) {
  const { t } = useTranslation('auditor');
  return (
    <Table<Schemas['Line']> size="small" loading={loading} rowKey={(l) => `${l.gtin}/${l.lot}/${l.from}`} dataSource={lines} pagination={{ pageSize: 50, hideOnSinglePage: true }} scroll={{ x: 'max-content' }} columns={[
      { title: t('gtin'), render: (_, l) => <span className="id">{l.gtin}</span> },
      { title: t('lot'), render: (_, l) => <Id value={l.lot} to={batchPath(l.gtin, l.lot)} /> },
      { title: t('col.first'), align: 'right', render: (_, l) => <span className="figure">{figure(l.from)}</span> },
      { title: t('col.units'), align: 'right', render: (_, l) => <span className="figure">{figure(l.count)}</span> },
    ]} />
  );
}
