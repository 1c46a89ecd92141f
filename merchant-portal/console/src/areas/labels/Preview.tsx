import { useQuery } from '@tanstack/react-query';
import { Alert, Flex, Segmented, Spin } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/ui/Problem';
import type { Choice } from './order';
import { previewQuery } from './queries';

// Preview shows the label in its true size, or larger, and says what will not be printed as it is written.
export function Preview({ choice, goods }: { choice: Choice; goods: { gtin?: string; lot?: string } }) {
  const { t } = useTranslation('labels');
  const [zoom, setZoom] = useState(1);
  const look = useQuery(previewQuery(useDeferredValue(choice), goods));
  const v = look.data;
  const refused = v?.problem;
  return (
    <section aria-label={t('preview')}>
      <Flex justify="space-between" align="center" wrap gap={8} style={{ marginBottom: 8 }}>
        <h2 style={{ margin: 0, fontSize: 16, fontWeight: 600 }}>{t('preview')}</h2>
        <Segmented<number> aria-label={t('zoom')} value={zoom} onChange={setZoom} options={[{ value: 1, label: t('trueSize') }, { value: 2, label: '2×' }, { value: 3, label: '3×' }]} />
      </Flex>
      <ProblemNote error={look.error} retry={() => void look.refetch()} />
      {refused && <Alert role="alert" type="error" showIcon title={refused.title} description={refused.detail} style={{ marginBottom: 12 }} />}
      {v && !refused && (
        <>
          <div className="hairline" style={{ padding: 16, overflow: 'auto', background: 'var(--fill)', opacity: look.isPlaceholderData ? 0.6 : 1 }}>
            <img alt={t('previewAlt', { width: v.width, height: v.height })} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(v.svg ?? '')}`}
              style={{ display: 'block', margin: '0 auto', width: `${v.width * zoom}mm`, height: `${v.height * zoom}mm`, boxShadow: '0 0 0 1px var(--hairline)', background: '#fff' }} />
          </div>
          <p className="quiet figure" style={{ marginTop: 8 }}>
            {t('facts', { width: v.width, height: v.height, module: v.module.toFixed(2) })}{v.perPage > 1 && ` · ${t('perPage', { count: v.perPage })}`} · {t('sample')}
          </p>
          {v.cuts && v.cuts.length > 0 && (
            <Alert type="warning" showIcon title={t('cuts')} description={
              <ul style={{ margin: 0, paddingLeft: 20 }}>{v.cuts.map((cut) => <li key={cut.field}>{t(`field.${cut.field}`)}{cut.shown ? t('cutTo', { text: cut.shown }) : t('leftOut')}</li>)}</ul>} />
          )}
        </>
      )}
      {!v && !look.error && <Flex justify="center" style={{ padding: 48 }}><Spin /></Flex>}
    </section>
  );
}
