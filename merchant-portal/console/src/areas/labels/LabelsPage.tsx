import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ButtonLink } from '@/plain/Button';
import { Page, Section } from '@/ui/Page';
import { JobProgress } from '@/ui/JobProgress';
import { JobList } from './JobList';
import { Printing } from './Printing';
import { Reprint } from './Reprint';

// Component prints the labels of the batches that the address names, and lists what was printed as long work.
export function Component() {
  const { t } = useTranslation(['labels', 'custody']); // the field for codes speaks of custody: without its words the page would vanish while they load
  const [search] = useSearchParams();
  const batches = search.getAll('batch').map((b) => ({ gtin: b.slice(0, b.indexOf('/')), lot: b.slice(b.indexOf('/') + 1) }));
  const job = search.get('job');
  return (
    <Page title={t('title')} help={t('help')} main={{ does: t('choose'), to: '/batches', plain: batches.length > 0 }} actions={<ButtonLink to="/labels/printers">{t('printers')}</ButtonLink>}>
      {job && <Section title={t('theJob')}><div className="hairline" style={{ padding: 16, maxWidth: 560 }}><JobProgress key={job} id={job} /></div></Section>}
      {batches.length > 0 ? <Printing key={search.toString()} batches={batches} again={search.getAll('again')} /> : !job && <Reprint />}
      <Section title={t('jobs')}><JobList /></Section>
    </Page>
  );
}
