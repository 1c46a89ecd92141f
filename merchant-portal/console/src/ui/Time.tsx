import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

const exact = (at: string) => dayjs(at).format('YYYY-MM-DD HH:mm:ss');

// Time says how long ago or in how long something is, and exactly when to whoever points at it.
export function Time({ at }: { at?: string }) {
  useTranslation(); // speaks anew when the language changes
  if (!at) return <span className="quiet">—</span>;
  return <time dateTime={at} title={exact(at)} className="figure" style={{ whiteSpace: 'nowrap' }}>{dayjs(at).fromNow()}</time>;
}

// Moment is when something was, to the second: where moments stand side by side and their order matters.
export function Moment({ at }: { at: string }) {
  return <time dateTime={at} className="figure" style={{ whiteSpace: 'nowrap' }}>{exact(at)}</time>;
}

// Deadline is a time that may have passed: then it stands in red and says so.
export function Deadline({ at }: { at?: string }) {
  const { t } = useTranslation();
  if (!at) return <span className="quiet">—</span>;
  const late = dayjs(at).isBefore(dayjs());
  return <time dateTime={at} title={exact(at)} className="figure" style={{ whiteSpace: 'nowrap', color: late ? 'var(--red)' : undefined }}>{late ? t('overdue', { when: dayjs(at).fromNow() }) : dayjs(at).fromNow()}</time>;
}
