import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { ProductName } from '@/ui/ProductName';
import { StatusTag } from '@/ui/StatusTag';
import { Deadline, Time } from '@/ui/Time';
import { SubNav } from './SubNav';
import { complaintTones } from './words';

type ComplaintSort = NonNullable<operations['listComplaints']['parameters']['query']>['sort'];
const statuses = ['open', 'answered', 'escalated', 'appealed', 'decided', 'withdrawn'] as const;

// ComplaintsPage lists what shoppers complained of, for those who decide and those who supervise.
export function Component() {
  const { t } = useTranslation('platform');
  return (
    <Page title={t('complaints.title')} help={t('complaints.help')}>
      <SubNav of="watch" />
      <DataTable<Schemas['Complaint']>
        name={t('complaints.title')} queryKey={['complaints']} rowKey={(c) => c.id}
        list={(p) => answer(api.GET('/api/v1/complaints', { params: { query: { ...paging(p), sort: p.sort as ComplaintSort, status: p.status as string } } }))}
        search={t('complaints.search')} views="complaints"
        filters={[{ name: 'status', label: t('alerts.status'), options: statuses.map((s) => ({ value: s, label: t(`complaint.${s}`) })) }]}
        columns={[
          { key: 'id', title: t('complaints.id'), sort: 'id', render: (c) => <Id value={c.id} to={`/platform/complaints/${encodeURIComponent(c.id)}`} /> },
          { key: 'status', title: t('alerts.status'), render: (c) => <StatusTag tone={complaintTones[c.status]}>{t(`complaint.${c.status}`)}</StatusTag> },
          { key: 'due', title: t('complaints.due'), sort: 'due', render: (c) => <Deadline at={c.nextDue} /> },
          { key: 'respondent', title: t('complaints.respondent'), render: (c) => <PartyName id={c.respondent} /> },
          { key: 'lot', title: t('alerts.unit'), wrap: 240, render: (c) => <><ProductName gtin={c.gtin} /> <span className="id">{c.lot} #{c.index + 1}</span></> },
          { key: 'at', title: t('complaints.at'), sort: 'openedAt', render: (c) => <Time at={c.openedAt} /> },
        ]}
        empty={<Empty>{t('complaints.none')}</Empty>}
      />
    </Page>
  );
}
