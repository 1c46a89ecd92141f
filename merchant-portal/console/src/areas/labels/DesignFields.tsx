import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Flex, Form, Input, InputNumber, Popconfirm, Segmented, Select, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Problem } from '@/api/problem';
import { useSay } from '@/ui/Problem';
import { allFields, type Choice, type Design, sizes } from './order';
import { designsQuery } from './queries';

// maxLogo is how large a logo may be, in bytes; the gateway refuses larger ones.
const maxLogo = 512 * 1024;

type Saved = Schemas['SavedDesign'];
type Props = { choice: Choice; change: (c: Partial<Choice>) => void; saved?: Saved };

// DesignFields is the designer: size, sheet, what the label says, logo; and keeping it under a name.
export function DesignFields({ choice, change, saved }: Props) {
  const { t } = useTranslation('labels');
  const d = choice.design;
  const set = (part: Partial<Design>) => change({ design: { ...d, ...part }, template: '' });
  return (
    <>
      <Form.Item label={t('size')}>
        <Flex gap={8} wrap align="center">
          <Select aria-label={t('usualSizes')} style={{ width: 150 }} value={sizes.find((s) => s === `${d.width}x${d.height}`) ?? ''} options={[...sizes.map((s) => ({ value: s, label: `${s.replace('x', ' × ')} mm` })), { value: '', label: t('ownSize') }]}
            onChange={(s) => { const [width, height] = s.split('x').map(Number); if (width && height) set({ width, height }); }} />
          <Length label={t('width')} value={d.width} min={12} onChange={(width) => set({ width })} />
          <Length label={t('height')} value={d.height} min={12} onChange={(height) => set({ height })} />
        </Flex>
      </Form.Item>
      <Form.Item label={t('paper')}>
        <Segmented aria-label={t('paper')} value={d.sheet ? 'sheet' : 'roll'} options={[{ value: 'roll', label: t('roll') }, { value: 'sheet', label: t('sheet') }]}
          onChange={(v) => set({ sheet: v === 'sheet' ? gridFor(d) : undefined })} />
      </Form.Item>
      {d.sheet && <SheetFields sheet={d.sheet} design={d} onChange={(sheet) => set({ sheet })} />}
      <Form.Item label={t('fields')} extra={d.fields?.length ? undefined : t('codeOnly')}>
        <Checkbox.Group value={d.fields} options={allFields.map((f) => ({ value: f, label: t(`field.${f}`) }))} onChange={(v) => set({ fields: allFields.filter((f) => v.includes(f)) })} />
      </Form.Item>
      <Form.Item label={t('logo')} extra={t('logoExtra')}><Logo id={d.logo} onChange={(logo) => set({ logo })} /></Form.Item>
      <Keep choice={choice} change={change} saved={saved} />
    </>
  );
}

// gridFor fills an A4 sheet with as many labels as fit, in the middle of it.
function gridFor({ width, height }: Design): NonNullable<Design['sheet']> {
  const columns = Math.max(1, Math.floor(210 / width));
  const rows = Math.max(1, Math.floor(297 / height));
  const margin = (page: number, n: number, side: number) => Math.max(0, Math.round((page - n * side) * 5) / 10);
  return { columns, rows, left: margin(210, columns, width), top: margin(297, rows, height), pitchX: width, pitchY: height };
}

function Length({ label, value, onChange, min = 0, max = 297 }: { label: string; value?: number; onChange: (v: number) => void; min?: number; max?: number }) {
  return <InputNumber<number> aria-label={label} prefix={<span className="quiet">{label}</span>} suffix="mm" style={{ width: 150 }} min={min} max={max} step={0.1} value={value} onChange={(v) => v !== null && onChange(v)} />;
}

function SheetFields({ sheet, design, onChange }: { sheet: NonNullable<Design['sheet']>; design: Design; onChange: (s: NonNullable<Design['sheet']>) => void }) {
  const { t } = useTranslation('labels');
  return (
    <Form.Item label={t('grid')} extra={t('gridExtra')}>
      <Flex gap={8} wrap>
        <InputNumber<number> aria-label={t('columns')} prefix={<span className="quiet">{t('columns')}</span>} style={{ width: 120 }} min={1} max={20} precision={0} value={sheet.columns} onChange={(v) => v && onChange({ ...sheet, columns: v })} />
        <InputNumber<number> aria-label={t('rows')} prefix={<span className="quiet">{t('rows')}</span>} style={{ width: 120 }} min={1} max={30} precision={0} value={sheet.rows} onChange={(v) => v && onChange({ ...sheet, rows: v })} />
        <Length label={t('left')} value={sheet.left} onChange={(left) => onChange({ ...sheet, left })} />
        <Length label={t('top')} value={sheet.top} onChange={(top) => onChange({ ...sheet, top })} />
        <Length label={t('pitchX')} value={sheet.pitchX ?? design.width} onChange={(pitchX) => onChange({ ...sheet, pitchX })} />
        <Length label={t('pitchY')} value={sheet.pitchY ?? design.height} onChange={(pitchY) => onChange({ ...sheet, pitchY })} />
      </Flex>
    </Form.Item>
  );
}

function Logo({ id, onChange }: { id?: string; onChange: (id?: string) => void }) {
  const { t } = useTranslation('labels');
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const upload = async (file: File) => {
    setFault(file.size > maxLogo ? t('logoLarge') : '');
    if (file.size > maxLogo) return;
    setBusy(true);
    try {
      const body = new FormData();
      body.append('file', file);
      const kept = await answer(api.POST('/api/v1/labels/logos', { body: body as unknown as { file: string }, bodySerializer: (b) => b as unknown as FormData }));
      onChange(kept.id);
    } catch (e) {
      const { title, detail } = say(e);
      setFault(`${title} ${detail}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Flex gap={8} align="center" wrap>
      <Upload accept=".png,.svg,image/png,image/svg+xml" showUploadList={false} beforeUpload={(file) => { void upload(file); return false; }}><Button loading={busy}>{id ? t('logoOther') : t('logoChoose')}</Button></Upload>
      {id && <Button type="link" onClick={() => onChange(undefined)}>{t('logoNone')}</Button>}
      {fault && <p role="alert" style={{ color: 'var(--red)', margin: 0, width: '100%' }}>{fault}</p>}
    </Flex>
  );
}

// Keep saves the design under a name, in place of the one that was taken up, or deletes that.
function Keep({ choice, change, saved: chosen }: Props) {
  const { t } = useTranslation('labels');
  const { message, modal } = App.useApp();
  const say = useSay();
  const queries = useQueryClient();
  const [saved, setSaved] = useState(chosen); // as it was when it was taken up: what is drawn came from it
  const [name, setName] = useState(chosen?.name ?? '');
  if (chosen && chosen.id !== saved?.id) {
    setSaved(chosen);
    setName(chosen.name);
  }
  const done = async <R,>(work: Promise<R>, said: string, then: (result: R) => void) => {
    try {
      const result = await work;
      await queries.invalidateQueries({ queryKey: ['label-designs'] });
      void message.success(said);
      then(result);
    } catch (e) {
      if (e instanceof Problem && e.code === 'CHANGED_MEANWHILE' && saved) return void clash(saved.id, e);
      const { title, detail } = say(e);
      void message.error(`${title} ${detail}`);
    }
  };
  // clash asks what shall hold where a colleague has changed the design since it was taken up. Nothing is lost until somebody has chosen.
  const clash = async (id: string, e: Problem) => {
    await queries.invalidateQueries({ queryKey: ['label-designs'] });
    const now = (await queries.fetchQuery(designsQuery)).designs.find((d) => d.id === id);
    modal.confirm({
      title: say(e).title, content: say(e).detail, okText: t('clashMine'), cancelText: t('clashTheirs'), onOk: () => save(id, now?.version),
      onCancel: () => {
        setSaved(now);
        change(now ? { template: id, design: now.design, symbol: now.design.symbol ?? 'qr', pin: now.design.pin ?? false } : { template: '' });
      },
    });
  };
  const save = (id: string, version = saved?.id === id ? saved.version : undefined) => {
    const design = { ...choice.design, fields: choice.design.fields?.length ? choice.design.fields : ['none' as const], symbol: choice.symbol, pin: choice.pin };
    return done(answer(api.PUT('/api/v1/labels/designs/{id}', { params: { path: { id } }, body: { name, design, version } })), t('kept'), (kept) => { setSaved(kept); change({ template: id, design }); });
  };
  return (
    <Form.Item label={t('keepAs')}>
      <Flex gap={8} wrap>
        <Input aria-label={t('keepAs')} value={name} maxLength={60} onChange={(e) => setName(e.target.value)} placeholder={t('keepName')} style={{ flex: '1 1 160px', maxWidth: 260 }} />
        <Button disabled={!name.trim()} onClick={() => void save(saved?.name === name ? saved.id : `d-${crypto.randomUUID().slice(0, 8)}`)}>{t('keep')}</Button>
        {saved && <Popconfirm title={t('deleteSure', { name: saved.name })} okText={t('delete')} onConfirm={() => done(api.DELETE('/api/v1/labels/designs/{id}', { params: { path: { id: saved.id } } }), t('deleted'), () => { setSaved(undefined); change({ template: '' }); })}>
          <Button danger>{t('delete')}</Button></Popconfirm>}
      </Flex>
    </Form.Item>
  );
}
