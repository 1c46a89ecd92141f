import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

// Day is a last valid day; one that has passed stands in red and says so.
export function Day({ on }: { on?: string }) {
  const { t } = useTranslation('platform');
  if (!on) return <span className="quiet">—</span>;
  const days = dayjs(on).diff(dayjs().startOf('day'), 'day');
  const words = days < 0 ? t('day.over', { count: -days }) : days <= 60 ? t('day.left', { count: days }) : '';
  return <time dateTime={on} className="figure day" style={{ color: days < 0 ? 'var(--red)' : days <= 30 ? 'var(--amber)' : undefined }}><span>{on}</span> {words && <span>· {words}</span>}</time>;
}
