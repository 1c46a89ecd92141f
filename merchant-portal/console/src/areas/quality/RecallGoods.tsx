import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, InputNumber, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/app/session';
import { ScanField } from '@/areas/custody/scan/ScanField';
import type { useScanList } from '@/areas/custody/scan/useScanList';
import { ScanRows } from '@/areas/custody/ScanRows';
import { Notice } from '@/plain/Notice';
import { ProductPicker } from '@/ui/ProductPicker';
import { LotPicker } from './LotPicker';
import { type Way, ways } from './scope';

type Props = { gtin: string; way: Way; scans: ReturnType<typeof useScanList>; onProduct: () => void };

// RecallGoods asks which goods are called back: of a product whole lots, pieces of lots, or units and cases by their codes.
export function RecallGoods({ gtin, way, scans, onProduct }: Props) {
  const { t } = useTranslation(['quality', 'custody']);
  const me = useMe();
  return <>
    <Form.Item name="gtin" label={t('recall.product')} rules={[{ required: true, message: t('needed') }]}><ProductPicker owner={me.party} onChange={onProduct} /></Form.Item>
    <Form.Item name="way" label={t('recall.way')}><Radio.Group options={ways.map((w) => ({ value: w, label: t(`recall.by.${w}`) }))} /></Form.Item>
    {way === 'lots' && (
      <Form.Item name="lots" label={t('lots')} extra={t('recall.lotsWhy')} rules={[{ required: true, type: 'array', min: 1, message: t('needed') }]}><LotPicker multiple gtin={gtin} /></Form.Item>
    )}
    {way === 'parts' && <Parts gtin={gtin} />}
    {way === 'codes' && <>
      <p className="quiet" style={{ marginTop: 0 }}>{t('recall.codesWhy')}</p>
      <ScanField onCode={scans.add} onUndo={scans.undo} label={t('recall.code')} />
      {scans.unread && <Notice tone="bad" title={t('custody:scan.unread')} />}
      {scans.unkept && <Notice tone="wait" title={t('custody:scan.unkept')} />}
      <p className="figure" role="status">{t('recall.scanned', { count: scans.rows.length })}</p>
      <ScanRows rows={scans.rows} onRemove={scans.remove} onChange={scans.change} />
    </>}
  </>;
}

// Parts asks for pieces of lots, counted from one as labels are.
function Parts({ gtin }: { gtin: string }) {
  const { t } = useTranslation('quality');
  const form = Form.useFormInstance();
  const needed = [{ required: true, message: t('needed') }];
  const notBefore = (first: (string | number)[]) => ({ validator: (_: unknown, last?: number) => (
    last && last < (form.getFieldValue(first) as number) ? Promise.reject(new Error(t('recall.lastBefore'))) : Promise.resolve()) });
  return (
    <Form.List name="parts">
      {(fields, { add, remove }) => <>
        {fields.map(({ key, name }) => (
          <Flex key={key} gap={12} wrap align="start">
            <Form.Item name={[name, 'lot']} label={t('lot')} rules={needed} style={{ flex: '1 1 260px' }}><LotPicker gtin={gtin} /></Form.Item>
            <Form.Item name={[name, 'first']} label={t('recall.first')} rules={needed}><InputNumber min={1} precision={0} /></Form.Item>
            <Form.Item name={[name, 'last']} label={t('recall.last')} rules={[...needed, notBefore(['parts', name, 'first'])]}><InputNumber min={1} precision={0} /></Form.Item>
            {fields.length > 1 && <Button type="text" style={{ marginTop: 30 }} icon={<MinusCircleOutlined />} aria-label={t('recall.dropPart')} onClick={() => remove(name)} />}
          </Flex>
        ))}
        <Button icon={<PlusOutlined />} disabled={fields.length >= 500} onClick={() => add({ first: 1 })} style={{ marginBottom: 24 }}>{t('recall.addPart')}</Button>
      </>}
    </Form.List>
  );
}
