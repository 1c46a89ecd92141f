import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { ProductName } from '@/ui/ProductName';
import { StatusTag, type Tone } from '@/ui/StatusTag';
import { Deadline, Time } from '@/ui/Time';

type Complaint = Schemas['Complaint'];
type ComplaintSort = NonNullable<operations['listComplaints']['parameters']['query']>['sort'];
export const complaintTones: Record<Complaint['status'], Tone> = { open: 'wait', answered: 'none', decided: 'none', appealed: 'wait', withdrawn: 'none', escalated: 'bad' };
const states = ['open', 'answered', 'decided', 'appealed', 'escalated', 'withdrawn'] as const;

// What shoppers complain about, the nearest deadline first.
export function Component() {
  const { t } = useTranslation('quality');
  return (
    <Page title={t('complaints.title')} help={t('complaints.help')}>
      <DataTable<Complaint>
        name={t('complaints.title')}
        queryKey={['complaints']}
        list={(p) => answer(api.GET('/api/v1/complaints', { params: { query: { ...paging(p), sort: p.sort as ComplaintSort, status: p.status as Complaint['status'] | undefined } } }))}
        rowKey={(c) => c.id}
        search={t('complaints.search')} views="complaints"
        filters={[{ name: 'status', label: t('complaints.status'), options: states.map((s) => ({ value: s, label: t(`complaint.${s}`) })) }]}
        columns={[
          { key: 'id', title: t('complaints.id'), sort: 'id', render: (c) => <Id value={c.id} to={`/quality/complaints/${encodeURIComponent(c.id)}`} /> },
          { key: 'unit', title: t('complaints.unit'), render: (c) => <><ProductName gtin={c.gtin} /> <span className="id">{c.lot}</span></> },
          { key: 'status', title: t('complaints.status'), render: (c) => <StatusTag tone={complaintTones[c.status]}>{t(`complaint.${c.status}`)}</StatusTag> },
          { key: 'due', title: t('complaints.due'), sort: 'due', render: (c) => <Deadline at={c.nextDue} /> },
          { key: 'at', title: t('complaints.at'), sort: 'openedAt', render: (c) => <Time at={c.openedAt} /> },
        ]}
        empty={<Empty>{t('complaints.none')}</Empty>}
      />
    </Page>
  );
}
