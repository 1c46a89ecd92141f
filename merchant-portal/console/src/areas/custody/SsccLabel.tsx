// The GS1 logistic label of a case or a pallet: GS1-128 as gates and forklifts read it, a DataMatrix for phones, and the number in digits.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/app/session';
import { PartyName } from '@/ui/PartyName';
import { bars, square } from './scan/bars';

// GS1 General Specifications 5.9 and 6.7.2: modules of 0.495 mm at least, bars of 31.75 mm, ten modules of white on either side.
const module = 0.495;
const tall = 32;
const modules = 156; // start, FNC1, ten pairs of digits, check, stop
const image = (svg: string) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

export function SsccLabel({ sscc }: { sscc: string }) {
  const { t } = useTranslation('custody');
  const { party } = useMe();
  return (
    <section aria-label={t('pack.label')} style={{ marginBottom: 16 }}>
      <div data-testid="sscc-label" style={{ width: '105mm', maxWidth: '100%', boxSizing: 'border-box', padding: '5mm 0', background: '#fff', color: '#000', border: '1px solid var(--hairline)', textAlign: 'center' }}>
        <div style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: 8, padding: '0 8mm 4mm', textAlign: 'left' }}>
          <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}><strong><PartyName id={party} /></strong><div style={{ fontSize: 12 }}>SSCC</div><div className="figure" style={{ fontSize: 16 }}>{sscc}</div></div>
          <img alt="" src={image(square(sscc))} style={{ width: '16mm', height: '16mm', flexShrink: 0 }} />
        </div>
        <img alt={t('pack.bars', { sscc })} src={image(bars(sscc))} style={{ width: `${module * modules}mm`, maxWidth: 'calc(100% - 10mm)', height: `${tall}mm`, display: 'block', margin: '0 auto' }} />
        <div className="figure" style={{ marginTop: '2mm', letterSpacing: '0.06em' }}>(00) {sscc}</div>
      </div>
      <div className="no-print" style={{ marginTop: 8, display: 'flex', gap: 12, alignItems: 'center', flexWrap: 'wrap' }}>
        <Button onClick={() => window.print()}>{t('pack.print')}</Button><span className="quiet">{t('pack.size')}</span>
      </div>
    </section>
  );
}
