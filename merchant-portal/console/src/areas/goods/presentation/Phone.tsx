import { Flex, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '@/app/language';
import { useSay } from '@/ui/Problem';
import type { Look } from './useLook';

// Phone shows the shopper's own page, which the verifier makes, at the size of a phone. `at` is the part that is being written.
export function Phone({ look, at }: { look: Look; at: string }) {
  const { t } = useTranslation('presentation');
  const say = useSay();
  const [tongue, setTongue] = useState(language());
  const address = look.preview && `${look.preview}?lang=${tongue}&n=${look.turn}`;
  const refused = look.error ? say(look.error) : undefined;
  return (
    <section aria-label={t('preview')} style={{ width: 376, maxWidth: '100%' }}>
      <Flex justify="space-between" align="center" wrap gap={8} style={{ marginBottom: 8 }}>
        <h2 style={{ margin: 0, fontSize: 16, fontWeight: 600 }}>{t('preview')}</h2>
        <Segmented aria-label={t('tongue')} value={tongue} onChange={setTongue} options={[{ value: 'zh-CN', label: '中文' }, { value: 'en', label: 'English' }]} />
      </Flex>
      <div className="hairline phone">{address ? <Frames page={address} part={at} title={t('previewTitle')} /> : <p className="quiet" style={{ padding: 24 }}>{t('previewNone')}</p>}</div>
      <p className="quiet" aria-live="polite" style={{ minHeight: 24, marginTop: 8 }}>
        {refused ? <span style={{ color: 'var(--amber)' }}>{t('previewStays')} {refused.title} {refused.detail}</span> : look.held ? t('previewHeld') : look.stale ? t('previewSoon') : address && t('previewReal')}
      </p>
    </section>
  );
}

type Frame = { page: string; turn: number; part: string };

// Frames shows the page that was there until the next one has loaded: one frame in front, one behind it that loads, each to its end.
function Frames({ page, part, title }: { page: string; part: string; title: string }) {
  const [front, setFront] = useState(0);
  const [loading, setLoading] = useState(false);
  const [frames, setFrames] = useState<Frame[]>([{ page, turn: 0, part }, { page: '', turn: 0, part }]);
  const shown = frames[front] as Frame;
  useEffect(() => {
    if (shown.page !== page && !loading) {
      setFrames((old) => old.map((f, i) => (i === front ? f : { page, turn: f.turn + 1, part })));
      setLoading(true);
    } else if (shown.part !== part) {
      setFrames((old) => old.map((f, i) => (i === front ? { ...f, part } : f)));
    }
  }, [page, part, front, loading, shown]);
  const loaded = (i: number) => { if (i !== front && frames[i]?.page) { setFront(i); setLoading(false); } };
  return frames.map((f, i) => (
    <iframe key={i} src={f.page ? `${f.page}&turn=${f.turn}#${f.part}` : undefined} title={title} aria-hidden={i !== front || undefined} tabIndex={i === front ? 0 : -1} onLoad={() => loaded(i)}
      sandbox="allow-scripts allow-same-origin allow-popups" style={{ position: 'absolute', inset: 0, width: '100%', height: '100%', border: 0, visibility: i === front ? 'visible' : 'hidden' }} />
  ));
}
