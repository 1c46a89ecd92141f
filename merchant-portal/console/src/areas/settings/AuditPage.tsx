import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { useMe } from '@/app/session';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { LedgerRef } from '@/ui/LedgerRef';
import { Page } from '@/ui/Page';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { operations, useOperation } from './operations';

type Entry = Schemas['AuditEntry'];

// AuditPage shows who did what, when, and what came of it.
export function Component() {
  const { t } = useTranslation('settings');
  const say = useOperation();
  const me = useMe();
  const all = me.role === 'platform' || me.role === 'auditor';
  return (
    <Page title={t('audit')} help={t('auditHelp')}>
      <DataTable<Entry>
        name={t('audit')} queryKey={['audit']} rowKey={(e) => String(e.id)}
        list={(p) => answer(api.GET('/api/v1/audit', { params: { query: { after: p.after, limit: p.limit, operation: p.operation as string | undefined } } }))}
        filters={[{ name: 'operation', label: t('did'), options: operations.map((o) => ({ value: o, label: say(o) })) }]}
        columns={[
          { key: 'what', title: t('did'), render: (e) => say(e.operation), card: 'title' },
          { key: 'who', title: t('who'), render: (e) => e.person },
          ...(all ? [{ key: 'party', title: t('party'), render: (e: Entry) => e.party }] : []),
          { key: 'target', title: t('about'), render: (e) => <span className="id">{Object.values(e.target).join(' · ') || '—'}</span> },
          { key: 'result', title: t('result'), render: (e) => <Result status={e.status} /> },
          { key: 'tx', title: t('ledger'), render: (e) => (e.txId ? <LedgerRef txId={e.txId} /> : <span className="quiet">—</span>) },
          { key: 'at', title: t('at'), render: (e) => <Time at={e.at} /> },
        ]}
        empty={<Empty>{t('auditNone')}</Empty>} />
    </Page>
  );
}

function Result({ status }: { status: number }) {
  const { t } = useTranslation('settings');
  if (status === 0 || status === 202) return <StatusTag tone="none">{t('resultUnknown')}</StatusTag>;
  return status < 400 ? <StatusTag tone="good">{t('resultDone')}</StatusTag> : <StatusTag tone="bad">{t('resultRefused')}</StatusTag>;
}
