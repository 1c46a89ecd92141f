import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { useMe } from '@/app/session';
import { Button } from '@/plain/Button';
import { ProblemNote } from '@/ui/Problem';

// Sample opens the sample company of a demo system, which has goods, labels, shipments, complaints and a recall of its own. Nothing of it
// becomes the reader's: what is written on a ledger stays there, so that no made-up goods are written in his name.
export function Sample() {
  const { t } = useTranslation('overview');
  const { party: own } = useMe();
  const queries = useQueryClient();
  const ways = useQuery({ queryKey: ['sign-in'], queryFn: () => answer(api.GET('/api/v1/sign-in')), staleTime: Infinity });
  const sample = ways.data?.demo?.find((d) => d.roles.includes('producer') && d.party !== own);
  const open = useMutation({
    mutationFn: (party: string) => answer(api.POST('/api/v1/sign-in/demo', { body: { party } })),
    onSuccess: () => { queries.clear(); window.location.assign('/'); },
  });
  if (!sample) return null;
  return (
    <div style={{ display: 'grid', gap: 8, borderTop: '1px solid var(--hairline)', marginTop: 16, paddingTop: 16 }}>
      <ProblemNote error={open.error} />
      <div className="row">
        <span className="quiet">{t('sample.why')}</span>
        <Button loading={open.isPending} onClick={() => open.mutate(sample.party)}>{t('sample.open')}</Button>
      </div>
    </div>
  );
}
