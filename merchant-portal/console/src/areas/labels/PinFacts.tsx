import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';

type Counts = Schemas['LabelCounts'];
const kinds = ['with', 'without', 'unclear', 'unmade'] as const;

// PinFacts says of how many of a batch's units labels were made, and whether these have PINs.
export function PinFacts({ counts }: { counts: Counts }) {
  const { t, i18n } = useTranslation('labels');
  const figure = new Intl.NumberFormat(i18n.language === 'zh-CN' ? 'zh-CN' : 'en');
  const there = kinds.filter((k) => counts[k] > 0);
  if (there.length === 1) return t(`pinAll.${there[0]!}`);
  return <span className="figure">{there.map((k) => <span key={k} style={{ display: 'block' }}>{t(`pinSome.${k}`, { count: counts[k], figure: figure.format(counts[k]) })}</span>)}</span>;
}

// PinWarning speaks up where labels of one batch would come both with PINs and without.
export function PinWarning({ counts, pin, change }: { counts?: Counts; pin: boolean; change: (pin: boolean) => void }) {
  const { t, i18n } = useTranslation('labels');
  const other = (pin ? counts?.without : counts?.with) ?? 0;
  if (other === 0) return null;
  const figure = new Intl.NumberFormat(i18n.language === 'zh-CN' ? 'zh-CN' : 'en').format(other);
  return (
    <Alert type="warning" showIcon style={{ marginBottom: 24 }} title={t(pin ? 'pinWereWithout' : 'pinWereWith', { count: other, figure })} description={t('pinMixed')}
      action={<Button size="small" onClick={() => change(!pin)}>{t(pin ? 'pinOff' : 'pinOn')}</Button>} />
  );
}
