import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api } from '@/api/client';
import { Look } from '@/app/Look';
import { Waiting } from '@/app/Waiting';
import { ProblemNote } from './Problem';

const LedgerFacts = lazy(() => import('./LedgerFacts'));

// LedgerDrawer is the one drawer for what the ledger says; the parameter `tx` of any page's address opens it.
export default function LedgerDrawer() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const txId = params.get('tx') ?? '';
  const close = () => setParams((p) => { p.delete('tx'); return p; }, { preventScrollReset: true });
  const tx = useQuery({
    queryKey: ['transactions', txId],
    queryFn: () => answer(api.GET('/api/v1/transactions/{txId}', { params: { path: { txId } } })),
    enabled: txId !== '',
    refetchInterval: (query) => (query.state.data?.status === 'unknown' ? 2000 : false),
  });
  return (
    <Look><Drawer open={txId !== ''} onClose={close} title={t('ledger.title')} size={520} destroyOnHidden>
      <ProblemNote error={tx.error} retry={() => void tx.refetch()} />
      {tx.isLoading && <Waiting />}
      {tx.data && <Suspense fallback={<Waiting />}><LedgerFacts tx={tx.data} /></Suspense>}
    </Drawer></Look>
  );
}
