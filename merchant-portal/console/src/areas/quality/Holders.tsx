import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { PartyName } from '@/ui/PartyName';
import { StatusTag } from '@/ui/StatusTag';
import { Sideways } from '@/ui/Sideways';

type Holder = Schemas['RecallHolder'];
const counts = ['held', 'inTransit', 'sold', 'lost', 'exported', 'removed', 'consumed'] as const;

// Holders is who has how many of the units of a recall. Columns in which nobody has any are left out.
export function Holders({ holders, acknowledged = false }: { holders: Holder[]; acknowledged?: boolean }) {
  const { t } = useTranslation('quality');
  const shown = counts.filter((c) => holders.some((h) => h[c] > 0));
  return (
    <Sideways label={t('holders.party')}><Table<Holder> size="middle" rowKey="party" dataSource={holders} pagination={false} locale={{ emptyText: t('holders.none') }}
      columns={[
        { title: t('holders.party'), render: (_, h) => <PartyName id={h.party} /> },
        ...shown.map((c) => ({ title: t(`holders.${c}`), align: 'right' as const, className: 'figure', render: (_: unknown, h: Holder) => h[c] })),
        ...(acknowledged ? [{ title: t('holders.acknowledged'), render: (_: unknown, h: Holder) => (
          h.acknowledgedAt ? <StatusTag tone={h.late ? 'wait' : 'good'}>{t(h.late ? 'holders.late' : 'holders.yes')}</StatusTag>
            : h.held > 0 ? <StatusTag tone={h.overdue ? 'bad' : 'wait'}>{t(h.overdue ? 'holders.overdue' : 'holders.not')}</StatusTag> : null) }] : []),
      ]} /></Sideways>
  );
}
