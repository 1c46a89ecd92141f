import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { ReasonAction } from '@/ui/ReasonAction';

const undoable: readonly string[] = ['sold', 'returned', 'decommissioned', 'voided'];

// UndoAction takes a wrong sale, return, removal or voiding back, where it stands in the story; the ledger says until when.
export function UndoAction({ event: e }: { event: Schemas['ProvenanceEvent'] }) {
  const { t } = useTranslation('goods');
  const me = useMe();
  const can = useCan();
  if (!undoable.includes(e.type) || !can('undo') || (e.by !== me.party && me.role !== 'platform')) return null;
  return (
    <ReasonAction operation="undo" values={{ tx: `${e.txId.slice(0, 8)}…` }} label={t('undo')} size="small" refresh={[['provenance'], ['batches']]}
      send={(body, header) => api.POST('/api/v1/transactions/{txId}/undo', { body, params: { path: { txId: e.txId }, header } })} />
  );
}
