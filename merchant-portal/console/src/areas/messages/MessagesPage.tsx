import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CheckOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { language } from '@/app/language';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag, type Tone } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { Subject } from './Subject';
import { pathOf } from './about';

type Notice = Schemas['Notice'];
const tones: Partial<Record<Notice['kind'], Tone>> = { recall: 'bad', clone: 'bad', complaint: 'wait', alert: 'wait', licence_expiring: 'wait' };

const markRead = (notice: number) => answer(api.POST('/api/v1/inbox/{notice}/read', { params: { path: { notice } } }));

// What the party was told: the unread first.
export function Component() {
  const { t } = useTranslation('messages');
  const queries = useQueryClient();
  const read = useMutation({
    mutationFn: (ids: number[]) => Promise.all(ids.map(markRead)),
    onSuccess: () => Promise.all([queries.invalidateQueries({ queryKey: ['inbox'] }), queries.invalidateQueries({ queryKey: ['overview'] })]),
  });
  const unread = (rows: Notice[]) => rows.filter((n) => !n.readAt).map((n) => n.id);
  return (
    <Page title={t('title')} help={t('help')}>
      <ProblemNote error={read.error} />
      <DataTable<Notice>
        name={t('title')}
        queryKey={['inbox']}
        list={(p) => answer(api.GET('/api/v1/inbox', { params: { query: { ...paging(p), sort: p.sort as 'at', unread: p.unread === 'true', kind: p.kind as string | undefined } } }))}
        rowKey={(n) => String(n.id)}
        search={t('search')} views="messages"
        filters={[{ name: 'unread', label: t('show'), options: [{ value: 'true', label: t('unread') }] }]}
        refetchInterval={60_000}
        columns={[
          { key: 'title', title: t('what'), render: (n) => <What notice={n} onOpen={() => { if (!n.readAt) read.mutate([n.id]); }} /> },
          { key: 'about', title: t('about'), wrap: 300, render: (n) => <Subject notice={n} /> },
          { key: 'at', title: t('when'), sort: 'at', render: (n) => <Time at={n.at} /> },
          { key: 'read', title: '', align: 'right', card: 'head', render: (n) => !n.readAt && (
            <Tooltip title={t('markRead')}><Button type="text" icon={<CheckOutlined />} aria-label={t('markRead')} onClick={() => read.mutate([n.id])} /></Tooltip>) },
        ]}
        bulk={[{ key: 'read', label: t('markRead'), run: (rows) => read.mutate(unread(rows)) }]}
        empty={<Empty>{t('none')}</Empty>}
      />
    </Page>
  );
}

function What({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const title = notice.title[language()] || notice.title['zh-CN'];
  const to = pathOf(notice);
  const text = <span style={{ color: 'var(--ink)', whiteSpace: 'normal', fontWeight: notice.readAt ? 400 : 600 }}>{title}</span>;
  return <StatusTag tone={notice.readAt ? 'none' : tones[notice.kind] ?? 'good'}>{to ? <Link to={to} onClick={onOpen}>{text}</Link> : text}</StatusTag>;
}
