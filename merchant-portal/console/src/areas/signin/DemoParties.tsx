import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { language } from '@/app/language';
import { Button } from '@/plain/Button';
import { ProblemNote } from '@/ui/Problem';
import { Or } from './Or';

// DemoParties lets visitors of a demo system in as somebody, with one click.
export function DemoParties({ parties, onDone }: { parties: Schemas['DemoParty'][]; onDone: () => void }) {
  const { t } = useTranslation(['signin', 'common']);
  const enter = useMutation({
    mutationFn: (party: string) => answer(api.POST('/api/v1/sign-in/demo', { body: { party } })),
    onSuccess: onDone,
  });
  return (
    <section aria-label={t('demo')} style={{ marginBottom: 8 }}>
      <p className="quiet" style={{ marginTop: 0 }}>{t('demoWhy')}</p>
      <ProblemNote error={enter.error} />
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(160px, 1fr))', gap: 8 }}>
        {parties.map((p) => (
          <Button key={p.party} className="tall"
            loading={enter.isPending && enter.variables === p.party} disabled={enter.isPending} onClick={() => enter.mutate(p.party)}>
            <span><strong>{p.name[language()] || p.name['zh-CN']}</strong><br /><span className="quiet">{p.roles.map((r) => t(`common:role.${r}`)).join(' · ')}</span></span>
          </Button>
        ))}
      </div>
      <Or />
    </section>
  );
}
