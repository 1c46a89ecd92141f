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
  const address = look.preview && `${look.preview}?lang=${tongue === 'en' ? 'en' : 'zh'}&n=${look.turn}#${at}`;
  const refused = look.error ? say(look.error) : undefined;
  return (
    <section aria-label={t('preview')} style={{ width: 376, maxWidth: '100%' }}>
      <Flex justify="space-between" align="center" wrap gap={8} style={{ marginBottom: 8 }}>
        <h2 style={{ margin: 0, fontSize: 16, fontWeight: 600 }}>{t('preview')}</h2>
        <Segmented aria-label={t('tongue')} value={tongue} onChange={setTongue} options={[{ value: 'zh-CN', label: '中文' }, { value: 'en', label: 'English' }]} />
      </Flex>
      <div className="hairline phone">{address ? <Frames address={address} title={t('previewTitle')} /> : <p className="quiet" style={{ padding: 24 }}>{t('previewNone')}</p>}</div>
      <p className="quiet" aria-live="polite" style={{ minHeight: 24, marginTop: 8 }}>
        {refused ? <span style={{ color: 'var(--amber)' }}>{t('previewStays')} {refused.title} {refused.detail}</span> : look.stale ? t('previewSoon') : address && t('previewReal')}
      </p>
    </section>
  );
}

// Frames shows the page that was there until the next one has loaded.
function Frames({ address, title }: { address: string; title: string }) {
  const [shown, setShown] = useState(address);
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(false), [address]);
  const both = shown === address ? [address] : [shown, address];
  return both.map((src) => (
    <iframe key={src} src={src} title={title} tabIndex={src === address ? 0 : -1} aria-hidden={src !== address || undefined} sandbox="allow-scripts allow-same-origin allow-popups"
      onLoad={() => { if (src === address && !ready) { setReady(true); setShown(address); } }}
      style={{ position: 'absolute', inset: 0, width: '100%', height: '100%', border: 0, zIndex: src === shown ? 1 : 0 }} />
  ));
}
