import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { Wished } from '@/areas/goods/Corrections';
import { batchPath } from '@/areas/goods/paths';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { said } from '@/ui/said';
import { Time } from '@/ui/Time';
import { SubNav } from './SubNav';

type Sort = NonNullable<operations['listBatches']['parameters']['query']>['sort'];

// CorrectionsPage lists what producers ask to have corrected after goods have left; each is decided on its batch's page.
export function Component() {
  const { t } = useTranslation('platform');
  return (
    <Page title={t('corrections.title')} help={t('corrections.help')}>
      <SubNav of="watch" />
      <DataTable<Schemas['Batch']>
        name={t('corrections.title')} queryKey={['batches', 'correcting']} rowKey={(b) => `${b.gtin} ${b.lot}`}
        list={(p) => answer(api.GET('/api/v1/batches', { params: { query: { ...paging(p), sort: p.sort as Sort, correcting: true } } }))}
        search={t('corrections.search')}
        columns={[
          { key: 'lot', title: t('corrections.lot'), sort: 'lot', render: (b) => <div style={{ maxWidth: 240, whiteSpace: 'normal' }}><Link className="id" to={batchPath(b)}>{b.lot}</Link><div className="quiet">{said(b.productName) || b.gtin}</div></div> },
          { key: 'change', title: t('corrections.change'), render: (b) => b.correcting && <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}><Wished batch={b} wish={b.correcting} /></ul> },
          { key: 'reason', title: t('corrections.reason'), render: (b) => <div style={{ maxWidth: 280, whiteSpace: 'normal' }}>{b.correcting?.reason}</div> },
          { key: 'producer', title: t('corrections.producer'), render: (b) => <PartyName id={b.producer} /> },
          { key: 'since', title: t('corrections.since'), render: (b) => <Time at={b.correcting?.at} /> },
        ]}
        empty={<Empty>{t('corrections.none')}</Empty>}
      />
    </Page>
  );
}
