import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { defectClasses, measured, type Values } from './standard';

// StandardItems asks what is looked at or measured of each sampled unit.
export function StandardItems() {
  const { t } = useTranslation('quality');
  const needed = [{ required: true, whitespace: true, message: t('needed') }];
  return (
    <Form.List name="items">{(fields, { add, remove }) => <>
      {fields.map(({ key, name }) => (
        <fieldset key={key} className="hairline" style={{ padding: 16, margin: '0 0 16px' }}>
          <Flex justify="space-between" align="center"><legend style={{ padding: 0, fontWeight: 600 }}>{t('standards.itemNo', { number: name + 1 })}</legend>
            {fields.length > 1 && <Button type="text" icon={<DeleteOutlined />} aria-label={t('standards.itemDrop', { number: name + 1 })} onClick={() => remove(name)} />}</Flex>
          <div className="pair">
            <Form.Item name={[name, 'name', 'zh-CN']} label={t('standards.itemZh')} rules={needed}><Input lang="zh-CN" maxLength={200} /></Form.Item>
            <Form.Item name={[name, 'name', 'en']} label={t('standards.itemEn')} rules={needed}><Input lang="en" maxLength={200} /></Form.Item>
            <Form.Item name={[name, 'id']} label={t('standards.itemId')} rules={[...needed, ({ getFieldValue }) => ({ validator: (_, id?: string) => (
              id?.trim() && (getFieldValue('items') as Values['items']).filter((i) => i?.id?.trim() === id.trim()).length > 1 ? Promise.reject(new Error(t('standards.itemTwice'))) : Promise.resolve()) })]}>
              <Input className="id" maxLength={100} /></Form.Item>
            <Form.Item name={[name, 'class']} label={t('plan.class')}><Select options={defectClasses.map((c) => ({ value: c, label: t(`defect.${c}`) }))} /></Form.Item>
            <Form.Item name={[name, 'method']} label={t('standards.method')}><Input maxLength={100} placeholder="GB 5009.12" /></Form.Item>
            <Form.Item name={[name, 'unit']} label={t('standards.unit')}><Input maxLength={100} placeholder="mg/kg" /></Form.Item>
            <Form.Item name={[name, 'min']} label={t('standards.min')} extra={t('standards.minWhy')}><InputNumber<number> style={{ width: '100%' }} /></Form.Item>
            <Form.Item name={[name, 'max']} label={t('standards.max')} dependencies={[['items', name, 'min']]} rules={[({ getFieldValue }) => ({ validator: (_, max?: number | null) => {
              const min = getFieldValue(['items', name, 'min']) as number | null | undefined;
              return typeof max === 'number' && typeof min === 'number' && min > max ? Promise.reject(new Error(t('standards.maxBelow'))) : Promise.resolve();
            } })]}><InputNumber<number> style={{ width: '100%' }} /></Form.Item>
            <Form.Item noStyle shouldUpdate>{({ getFieldValue }) => measured((getFieldValue(['items', name]) ?? {}) as Values['items'][number]) && (
              <Form.Item name={[name, 'samples']} label={t('standards.samples')} extra={t('standards.samplesWhy')}><InputNumber<number> min={1} max={3150} precision={0} style={{ width: '100%' }} /></Form.Item>)}</Form.Item>
          </div>
        </fieldset>
      ))}
      <Button icon={<PlusOutlined />} disabled={fields.length >= 50} style={{ marginBottom: 24 }} onClick={() => add({ class: 'major' })}>{t('standards.itemAdd')}</Button>
    </>}</Form.List>
  );
}
