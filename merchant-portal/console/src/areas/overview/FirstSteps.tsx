import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/plain/Button';
import { StatusTag } from '@/ui/StatusTag';
import { Sample } from './Sample';
import { type Name, type Steps, stepsOf } from './steps';

const paths: Record<Name, string> = { apply: '/application', qualify: '/application', goods: '/goods/new', batch: '/batches/new', labels: '/labels' };

// FirstSteps says to a new party what to do first. It knows what was really done, and is gone when all is.
export function FirstSteps({ steps, role }: { steps: Steps; role: string }) {
  const { t } = useTranslation('overview');
  const list = stepsOf(steps, role === 'producer' || role === 'applicant');
  const next = list.find((s) => !s.done);
  if (!next) return null;
  const done = list.filter((s) => s.done).length;
  return (
    <section className="hairline" style={{ padding: '20px 24px' }}>
      <div className="spread">
        <h2 style={{ margin: 0, fontSize: 16 }}>{t('first.title')}</h2>
        <span className="dashes" role="img" aria-label={t('first.progress', { done, total: list.length })}>{list.map((s, i) => <i key={s.name} className={i < done ? 'done' : undefined} />)}</span>
      </div>
      <ol className="steps">
        {list.map((s) => (
          <li key={s.name} aria-current={s === next ? 'step' : undefined}>
            <StatusTag tone={s.done ? 'good' : s === next ? 'wait' : 'none'}>{t(`first.${s.name}`)}</StatusTag>
            {s === next && <>
              <p className="quiet">{s.name === 'qualify' || s.name === 'apply' ? t(`first.${reasonOf(s.name, steps)}`) : t(`first.${s.name}Why`)}</p>
              <ButtonLink kind="primary" to={paths[s.name]}>{t(s.name === 'qualify' ? 'first.see' : 'first.go')}</ButtonLink>
            </>}
          </li>
        ))}
      </ol>
      <Sample />
    </section>
  );
}

function reasonOf(name: 'apply' | 'qualify', steps: Steps) {
  if (name === 'qualify') return 'qualifyWhy';
  if (steps.applied === 'more_needed') return 'moreNeeded';
  return steps.applied === 'refused' ? 'refused' : 'applyWhy';
}
