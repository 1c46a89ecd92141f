import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api } from '@/api/client';
import { Id } from '@/ui/Id';
import { LedgerRef } from '@/ui/LedgerRef';
import { PartyName } from '@/ui/PartyName';
import { ProblemNote } from '@/ui/Problem';
import { Time } from '@/ui/Time';
import { Holdings } from './Holdings';

// UnitLookup finds one unit of a batch by its serial or the last six characters of it, typed or scanned.
export function UnitLookup({ gtin, lot }: { gtin: string; lot: string }) {
  const { t } = useTranslation('goods');
  const [search, setSearch] = useSearchParams();
  const serial = search.get('unit') ?? '';
  const unit = useQuery({ queryKey: ['provenance', gtin, lot, serial], enabled: serial !== '', retry: false,
    queryFn: () => answer(api.GET('/api/v1/provenance/{gtin}/{lot}/{serial}', { params: { path: { gtin, lot, serial } } })) });
  const look = (typed: string) => setSearch((old) => { const now = new URLSearchParams(old); typed.trim() ? now.set('unit', typed.trim()) : now.delete('unit'); return now; });
  return (
    <>
      <Input.Search key={serial} defaultValue={serial} allowClear enterButton={t('find')} placeholder={t('unitHint')} aria-label={t('unitHint')} loading={unit.isFetching} onSearch={look} style={{ maxWidth: 420 }} />
      <ProblemNote error={unit.error} />
      {unit.data && (
        <div className="hairline" style={{ padding: 16, marginTop: 12 }}>
          <p style={{ marginTop: 0 }}><Id value={unit.data.serial ?? ''} /> <span className="quiet">{t('unitIndex', { index: (unit.data.index ?? 0) + 1 })}</span></p>
          <Holdings holdings={unit.data.holdings} quantity={1} />
          <ol style={{ paddingLeft: 20, marginBottom: 0 }}>
            {unit.data.events.map((e) => <li key={e.txId}>{t(`event.${e.type}`, { defaultValue: e.type })} <span className="quiet"><PartyName id={e.by} /></span> <Time at={e.at} /> <LedgerRef txId={e.txId} /></li>)}
          </ol>
        </div>
      )}
    </>
  );
}
