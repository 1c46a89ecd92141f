import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Flex, Form, Input, InputNumber, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, fetched, type Schemas } from '@/api/client';
import { asProblem } from '@/api/problem';
import { save } from '@/ui/Download';
import { Empty } from '@/ui/Empty';
import { Page, Section } from '@/ui/Page';
import { ProblemNote, showAtField, useSay } from '@/ui/Problem';
import { said } from '@/ui/said';
import { designsQuery, printersQuery } from './queries';

type Values = { name: string; template: string; dpi?: 203 | 300 | 600; measured: Schemas['Marks'] };
const sides = ['left', 'right', 'top', 'bottom'] as const;

// Component keeps the party's printers: each is calibrated once, by measuring a test sheet.
export function Component() {
  const { t } = useTranslation('labels');
  const printers = useQuery(printersQuery);
  return (
    <Page title={t('printers')} crumbs={[{ title: t('title'), to: '/labels' }]} help={t('printersHelp')}>
      <Section title={t('calibrated')}>
        <ProblemNote error={printers.error} retry={() => void printers.refetch()} />
        {printers.data?.length === 0 && <Empty>{t('noPrinters')}</Empty>}
        <ul className="card-list" style={{ maxWidth: 640 }}>{printers.data?.map((p) => <Printer key={p.id} printer={p} />)}</ul>
      </Section>
      <Section title={t('calibrate')}><Calibration /></Section>
    </Page>
  );
}

function Printer({ printer: p }: { printer: Schemas['SavedPrinter'] }) {
  const { t } = useTranslation('labels');
  const queries = useQueryClient();
  const { message } = App.useApp();
  const say = useSay();
  const remove = async () => {
    try {
      await api.DELETE('/api/v1/labels/printers/{id}', { params: { path: { id: p.id } } });
      await queries.invalidateQueries({ queryKey: ['label-printers'] });
    } catch (e) {
      void message.error(say(e).title);
    }
  };
  const percent = (v?: number) => `${((v || 1) * 100).toFixed(2)} %`;
  return (
    <li className="hairline">
      <Flex justify="space-between" align="center" wrap gap={8}>
        <div><strong>{p.name}</strong>{p.dpi ? ` · ${p.dpi} dpi` : ''}
          <div className="quiet figure">{t('offsets', { x: p.offsetX.toFixed(2), y: p.offsetY.toFixed(2), sx: percent(p.scaleX), sy: percent(p.scaleY) })}</div></div>
        <Popconfirm title={t('deleteSure', { name: p.name })} okText={t('delete')} onConfirm={remove}><Button size="small" danger>{t('delete')}</Button></Popconfirm>
      </Flex>
    </li>
  );
}

// Calibration prints the sheet, takes what was measured, and keeps the printer.
function Calibration() {
  const { t } = useTranslation('labels');
  const queries = useQueryClient();
  const { message } = App.useApp();
  const say = useSay();
  const [form] = Form.useForm<Values>();
  const template = Form.useWatch('template', form) ?? 'a4-3x8';
  const designs = useQuery(designsQuery);
  const layouts = [...(designs.data?.templates ?? []).map((x) => ({ id: x.id, label: said(x.name), roll: x.columns * x.rows === 1 })),
    ...(designs.data?.designs ?? []).map((d) => ({ id: d.id, label: d.name, roll: !d.design.sheet }))];
  const roll = layouts.find((l) => l.id === template)?.roll ?? false;
  const look = useQuery({ queryKey: ['label-marks', template], queryFn: () => answer(api.POST('/api/v1/labels/preview', { body: { template } })) });
  const marks = look.data?.marks;
  const [busy, setBusy] = useState(false);
  const sheet = async (format: 'pdf' | 'zpl') => {
    try {
      const response = await fetched('/api/v1/labels/test-sheet', { method: 'POST', headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ format, template, dpi: format === 'zpl' ? form.getFieldValue('dpi') : undefined }) });
      save(await response.blob(), `test-sheet.${format}`);
    } catch (e) {
      const { title, detail } = say(e);
      void message.error(`${title} ${detail}`);
    }
  };
  const keep = async (v: Values) => {
    setBusy(true);
    try {
      await api.PUT('/api/v1/labels/printers/{id}', { params: { path: { id: `p-${crypto.randomUUID().slice(0, 8)}` } }, body: v });
      await queries.invalidateQueries({ queryKey: ['label-printers'] });
      void message.success(t('kept'));
      form.resetFields();
    } catch (e) {
      const { title, detail } = say(e);
      if (!showAtField(form, asProblem(e), `${title} ${detail}`)) void message.error(`${title} ${detail}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form form={form} layout="vertical" style={{ maxWidth: 640 }} initialValues={{ template: 'a4-3x8' }} onFinish={(v) => void keep(v)}>
      <Form.Item name="template" label={t('calibrateLayout')}><Select options={layouts.map((l) => ({ value: l.id, label: l.label }))} loading={designs.isPending} /></Form.Item>
      {roll && <Form.Item name="dpi" label={t('dpi')}><Select allowClear placeholder={t('dpiNone')} options={[203, 300, 600].map((v) => ({ value: v, label: `${v} dpi` }))} /></Form.Item>}
      <Form.Item label={t('step1')} extra={t('step1Why')}>
        <Flex gap={8}><Button onClick={() => void sheet('pdf')}>{t('testSheet', { format: 'PDF' })}</Button>{roll && <Button onClick={() => void sheet('zpl')}>{t('testSheet', { format: 'ZPL' })}</Button>}</Flex>
      </Form.Item>
      <p style={{ marginBottom: 8 }}>{t('step2')}</p>
      <Flex gap={16} wrap>
        {sides.map((side) => (
          <Form.Item key={side} name={['measured', side]} label={t(`side.${side}`)} extra={marks && t('should', { value: marks[side].toFixed(1) })} rules={[{ required: true, message: t('measureMissing') }]} style={{ flex: '1 1 140px' }}>
            <InputNumber<number> suffix="mm" step={0.1} style={{ width: '100%' }} />
          </Form.Item>
        ))}
      </Flex>
      <Form.Item name="name" label={t('printerName')} rules={[{ required: true, message: t('nameMissing') }]}><Input maxLength={60} placeholder={t('printerHint')} /></Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>{t('keep')}</Button>
    </Form>
  );
}
