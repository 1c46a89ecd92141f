import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { Button } from '@/plain/Button';

// A part of the console that cannot be fetched any more, because a newer one has been built since the page was opened.
const outdated = /dynamically imported module|module script|preload/i;

// Broken stands in the place of a page that is not there or that failed.
export function Broken({ missing = false, inside = false }: { missing?: boolean; inside?: boolean }) {
  const { t } = useTranslation();
  const error = useRouteError();
  const text = error instanceof Error ? error.message : '';
  const what = missing ? 'missing' : outdated.test(text) ? 'outdated' : 'failed';
  return (
    <div role="alert" style={{ padding: inside ? 24 : 48, maxWidth: 640 }}>
      <h1 style={{ fontSize: 20 }}>{t(`broken.${what}`)}</h1>
      <p className="quiet">{t(`broken.${what}Why`)}</p>
      {what === 'missing'
        ? <Link to="/">{t('broken.home')}</Link>
        : <Button kind="primary" onClick={() => window.location.reload()}>{t('broken.reload')}</Button>}
      {what === 'failed' && text && <pre className="quiet" style={{ whiteSpace: 'pre-wrap', fontSize: 12 }}>{text}</pre>}
    </div>
  );
}
