import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCan } from '@/app/session';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import type { Batch } from './queries';

// Approval tells that a batch over its producer's quota waits for the platform, which approves it here.
export function Approval({ batch: b }: { batch: Batch }) {
  const { t } = useTranslation('goods');
  const can = useCan();
  const write = useLedgerWrite('approveBatch', {
    send: (_: object, header) => api.POST('/api/v1/batches/{gtin}/{lot}/approval', { params: { path: { gtin: b.gtin, lot: b.lot }, header } }),
    refresh: [['batches'], ['provenance'], ['overview']],
  });
  if (b.status === 'registered') return write.done && <Alert type="success" showIcon role="status" style={{ marginBottom: 16 }} title={t('approval.done', { lot: b.lot })} />;
  const mine = can('approveBatch');
  return <>
    <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t('state.awaiting_approval')} description={t(mine ? 'approval.why' : 'awaitingWhy')} />
    {mine && (
      <div style={{ marginBottom: 24, maxWidth: 560 }}>
        <WriteNote write={write} />
        <WillStand stands={write.stands} values={{ lot: b.lot, count: b.quantity }} />
        <WriteButton write={write} onClick={() => void write.run({})}>{t('approval.approve')}</WriteButton>
      </div>
    )}
  </>;
}
