import { MinusCircleOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Form, InputNumber } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ScanField } from '@/areas/custody/scan/ScanField';
import type { useScanList } from '@/areas/custody/scan/useScanList';
import { ScanRows } from '@/areas/custody/ScanRows';
import { ProblemNote } from '@/ui/Problem';
import { BatchPicker } from './BatchPicker';
import { Content } from './Content';
import { type Chosen, type Ingredient, inHand, type Stock } from './stock';
import type { Measure } from './making';

type Props = { measure: Measure; stock: Stock; scans: ReturnType<typeof useScanList>; scanned: Ingredient[] };

// Ingredients asks what goes in: batches with a count, and units by scanning them.
export function Ingredients({ measure, stock, scans, scanned }: Props) {
  const { t } = useTranslation('goods');
  const [opened, setOpened] = useState(false);
  const scanning = opened || scans.rows.length > 0;
  return <>
    <Form.List name="inputs">{(rows, { add, remove }) => <>
      {rows.map(({ key, name }) => <Row key={key} at={name} measure={measure} stock={stock} scanned={scanned} onRemove={() => remove(name)} />)}
      {rows.length === 0 && !scanning && <p className="quiet" style={{ marginTop: 0 }}>{t('make.nothing')}</p>}
      <Flex gap={8} wrap style={{ marginBottom: 16 }}>
        <Button disabled={rows.length >= 50} onClick={() => add({ content: 1 })}>{t('make.addBatch')}</Button>
        {!scanning && <Button onClick={() => setOpened(true)}>{t('make.addScan')}</Button>}
      </Flex>
    </>}</Form.List>
    {scanning && <Scanned measure={measure} scans={scans} scanned={scanned} />}
  </>;
}

function Row({ at, measure, stock, scanned, onRemove }: Pick<Props, 'measure' | 'stock' | 'scanned'> & { at: number; onRemove: () => void }) {
  const { t } = useTranslation('goods');
  const form = Form.useFormInstance();
  const batch = Form.useWatch(['inputs', at, 'batch'], form) as string | undefined;
  const there = inHand(stock, batch);
  const once = { validator: (_: unknown, name?: string) => {
    const chosen = (form.getFieldValue('inputs') as (Chosen | undefined)[]).filter((r) => name && r?.batch === name).length + scanned.filter((s) => s.name === name).length;
    return chosen > 1 ? Promise.reject(new Error(t('make.twice'))) : Promise.resolve();
  } };
  const enough = { validator: (_: unknown, n?: number) => (there !== undefined && n && n > there ? Promise.reject(new Error(t('make.tooMany', { count: there }))) : Promise.resolve()) };
  useEffect(() => { // a count that was typed before it was known how many there are
    if (there !== undefined && form.getFieldValue(['inputs', at, 'count'])) form.validateFields([['inputs', at, 'count']]).catch(() => undefined); // told at the field
  }, [there, at, form]);
  return (
    <div role="group" aria-label={t('make.input', { number: at + 1 })} className="hairline" style={{ margin: '0 0 12px', padding: '8px 16px 0', minWidth: 0 }}>
      <div className="spread"><span className="quiet">{t('make.input', { number: at + 1 })}</span><Button type="text" icon={<MinusCircleOutlined />} aria-label={t('make.drop', { number: at + 1 })} onClick={onRemove} /></div>
      <Form.Item name={[at, 'batch']} label={t('make.batch')} rules={[{ required: true, message: t('make.batchMissing') }, once]}><BatchPicker chosen={stock.get(batch ?? '')?.batch} /></Form.Item>
      <ProblemNote error={stock.get(batch ?? '')?.error} />
      <Flex gap={16} wrap align="start">
        <Form.Item name={[at, 'count']} label={t('make.count')} style={{ flex: '1 1 140px' }} rules={[{ required: true, message: t('quantityMissing') }, enough]} extra={there === undefined ? undefined : t('make.inHand', { count: there })}>
          <InputNumber<number> min={1} precision={0} style={{ width: '100%' }} suffix={t('units')} /></Form.Item>
        <Content name={[at, 'content']} measure={measure} />
      </Flex>
    </div>
  );
}

// Scanned are the codes that were read, and what the units of each batch among them contain.
function Scanned({ measure, scans, scanned }: Pick<Props, 'measure' | 'scans' | 'scanned'>) {
  const { t } = useTranslation('goods');
  return (
    <div style={{ marginBottom: 24 }}>
      <ScanField onCode={scans.add} onUndo={scans.undo} label={t('make.scan')} />
      <p className="quiet">{t('make.scanWhy')}</p>
      <ProblemNote error={scans.error} />
      {scans.rows.some((r) => r.named?.sscc) && <Alert type="error" showIcon role="alert" style={{ marginBottom: 12 }} title={t('make.box')} />}
      {scanned.map((s) => <Content key={s.name} name={['scanned', s.name]} measure={measure} label={t('make.contentOf', { lot: s.lot, product: s.product, count: s.count ?? 0 })} />)}
      <ScanRows rows={scans.rows} onRemove={scans.remove} onChange={scans.change} />
    </div>
  );
}
