import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { ProblemNote } from '@/ui/Problem';
import { joined } from '@/ui/said';
import { Holders } from './Holders';

// Reach is whom a recall would hit and with how many units, before anything is written.
export function Reach({ scope }: { scope: Schemas['RecallScope'] }) {
  const { t } = useTranslation('quality');
  const reach = useQuery({ queryKey: ['recalls', 'preview', scope], staleTime: 0, queryFn: () => answer(api.POST('/api/v1/recalls/preview', { body: scope })) });
  if (reach.error) return <ProblemNote error={reach.error} retry={() => void reach.refetch()} />;
  if (!reach.data) return <p className="quiet" aria-busy="true">{t('recall.counting')}</p>;
  const { units, holders, derived } = reach.data;
  return (
    <div style={{ marginBottom: 24 }}>
      <p style={{ fontSize: 20, margin: '0 0 8px' }} className="figure">{t('recall.hits', { units, parties: holders.length })}</p>
      {derived.length > 0 && <p className="quiet">{t('recall.derived', { lots: joined([...new Set(derived.map((d) => d.lot))]) })}</p>}
      <Holders holders={holders} />
    </div>
  );
}
