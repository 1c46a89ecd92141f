import { useQuery } from '@tanstack/react-query';
import { Flex, Form, Segmented, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { batchQuery } from '@/areas/goods/queries';
import { ProblemNote } from '@/ui/Problem';
import { DesignFields } from './DesignFields';
import { type Choice, firstChoice, formats, isList } from './order';
import { PinWarning } from './PinFacts';
import { Preview } from './Preview';
import { PrintButtons } from './PrintButtons';
import { designsQuery, printersQuery } from './queries';
import { Units } from './Units';

type Named = { gtin: string; lot: string };

// The choices of last time are where somebody begins the next time; they are no secret and stay on the device.
const remembered = 'labels.choice';

function begin(again: string[]): Choice {
  try {
    return { ...firstChoice, ...(JSON.parse(localStorage.getItem(remembered) ?? '{}') as Partial<Choice>), units: again.length ? 'codes' : 'all', codes: again };
  } catch {
    return { ...firstChoice, units: again.length ? 'codes' : 'all', codes: again };
  }
}

// Printing chooses how labels look, sees them, and prints them; `again` are damaged ones to begin with.
export function Printing({ batches, again }: { batches: Named[]; again: string[] }) {
  const { t } = useTranslation('labels');
  const [at, setAt] = useState(0);
  const chosen = batches[Math.min(at, batches.length - 1)]!;
  const [choice, setChoice] = useState<Choice>(() => begin(again));
  const change = (part: Partial<Choice>) => setChoice((old) => {
    const now = { ...old, ...part };
    localStorage.setItem(remembered, JSON.stringify(now));
    return now;
  });
  const batch = useQuery(batchQuery(chosen.gtin, chosen.lot));
  if (batch.error) return <ProblemNote error={batch.error} retry={() => void batch.refetch()} />;
  return (
    <Flex gap={40} wrap align="start" style={{ marginBottom: 32 }}>
      <Form layout="vertical" style={{ flex: '1 1 420px', maxWidth: 600, minWidth: 0 }}>
        <Form.Item label={t('batch')}>
          <Select aria-label={t('batch')} value={at} onChange={setAt} options={batches.map((b, i) => ({ value: i, label: `${b.lot} · ${b.gtin}` }))} />
        </Form.Item>
        <Form.Item label={t('format')} extra={t(`formatWhy.${choice.format}`)}>
          <Segmented aria-label={t('format')} value={choice.format} options={formats.map((f) => ({ value: f, label: f.toUpperCase() }))} onChange={(format) => change({ format })} />
        </Form.Item>
        {!isList(choice.format) && <Layout choice={choice} change={change} />}
        <Flex gap={32} wrap>
          <Form.Item label={t('symbol')} extra={choice.symbol === 'datamatrix' ? t('datamatrixWhy') : undefined}>
            <Segmented<Choice['symbol']> aria-label={t('symbol')} value={choice.symbol} options={[{ value: 'qr', label: 'QR' }, { value: 'datamatrix', label: 'GS1 DataMatrix' }]} onChange={(symbol) => change({ symbol })} />
          </Form.Item>
          <Form.Item label={t('pin')} extra={t('pinWhy')}><Switch aria-label={t('pin')} checked={choice.pin} onChange={(pin) => change({ pin })} /></Form.Item>
        </Flex>
        <PinWarning counts={batch.data?.labels} pin={choice.pin} change={(pin) => change({ pin })} />
        {(choice.format === 'pdf' || choice.format === 'zpl') && <Printer choice={choice} change={change} />}
        <Units choice={choice} change={change} batch={chosen} quantity={batch.data?.quantity ?? 0} />
        <PrintButtons choice={choice} batch={chosen} quantity={batch.data?.quantity ?? 0} />
      </Form>
      <div style={{ flex: '1 1 320px', maxWidth: 620, minWidth: 0, position: 'sticky', top: 72 }}>
        {isList(choice.format) ? <p className="quiet">{t('listWhy')}</p> : <Preview choice={choice} goods={chosen} />}
      </div>
    </Flex>
  );
}

type Part = { choice: Choice; change: (c: Partial<Choice>) => void };

// Layout chooses one of the layouts that everybody has, one of one's own, or designs one.
function Layout({ choice, change }: Part) {
  const { t, i18n } = useTranslation('labels');
  const designs = useQuery(designsQuery);
  const [open, setOpen] = useState(choice.template === '');
  const own = designs.data?.designs ?? [];
  const saved = own.find((d) => d.id === choice.template);
  const language = i18n.language === 'en' ? 'en' : 'zh-CN';
  const usable = (designs.data?.templates ?? []).filter((x) => choice.format !== 'zpl' || x.columns * x.rows === 1);
  const take = (id: string) => {
    const mine = own.find((d) => d.id === id);
    const usual = designs.data?.templates.find((x) => x.id === id);
    setOpen(id === '');
    if (mine) change({ template: id, design: { ...mine.design, fields: mine.design.fields?.filter((f) => f !== 'none') }, symbol: mine.design.symbol ?? 'qr', pin: mine.design.pin ?? false });
    else if (usual) change({ template: id, design: { ...firstChoice.design, width: usual.width, height: usual.height } });
    else change({ template: '' });
  };
  return (
    <>
      <Form.Item label={t('layout')}>
        <Select aria-label={t('layout')} value={choice.template} loading={designs.isPending} onChange={take} options={[
          ...(own.length > 0 ? [{ label: t('ownLayouts'), options: own.map((d) => ({ value: d.id, label: d.name })) }] : []),
          { label: t('usualLayouts'), options: usable.map((x) => ({ value: x.id, label: x.name[language] ?? x.id })) },
          { label: t('designer'), options: [{ value: '', label: t('newLayout') }] },
        ]} />
      </Form.Item>
      {(open || saved) && <DesignFields key={saved?.id ?? ''} choice={choice} change={change} saved={saved} />}
    </>
  );
}

// Printer chooses a calibrated printer, and how fine it prints.
function Printer({ choice, change }: Part) {
  const { t } = useTranslation('labels');
  const printers = useQuery(printersQuery);
  return (
    <Flex gap={16} wrap>
      <Form.Item label={t('printer')} style={{ flex: '1 1 220px' }} extra={<Link to="/labels/printers">{t('calibrate')}</Link>}>
        <Select aria-label={t('printer')} value={choice.printer} options={[{ value: '', label: t('anyPrinter') }, ...(printers.data ?? []).map((p) => ({ value: p.id, label: p.name }))]}
          onChange={(id) => { const dpi = printers.data?.find((p) => p.id === id)?.dpi; change({ printer: id, ...(dpi ? { dpi: dpi as Choice['dpi'] } : {}) }); }} />
      </Form.Item>
      {choice.format === 'zpl' && (
        <Form.Item label={t('dpi')}><Segmented<Choice['dpi']> aria-label={t('dpi')} value={choice.dpi} options={[203, 300, 600]} onChange={(dpi) => change({ dpi })} /></Form.Item>
      )}
    </Flex>
  );
}
