import { Button, Checkbox, Collapse, Flex, Form, Input, Select, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { DocumentDrop } from '@/areas/overview/DocumentDrop';
import { doubled, serialsIn } from './serials';

export type More = { markets?: string[]; documents?: Schemas['Document'][]; serials?: string; legacy?: boolean };

// kinds are what a batch's documents usually are; the ledger takes any word.
export const documentKinds = ['coa', 'customs', 'origin', 'other'] as const;
const countries = ['CN', 'HK', 'MO', 'TW', 'SG', 'MY', 'TH', 'VN', 'ID', 'PH', 'JP', 'KR', 'AU', 'NZ', 'US', 'CA', 'GB', 'DE', 'FR', 'IT', 'ES', 'NL', 'RU', 'AE', 'SA'];
const most = 200_000;

// BatchMore is what only some batches have: markets, papers, serials of the factory, goods from before.
export function BatchMore({ quantity, within = [] }: { quantity?: number; within?: string[] }) {
  const { t, i18n } = useTranslation('goods');
  const names = new Intl.DisplayNames(i18n.language === 'zh-CN' ? 'zh-CN' : 'en', { type: 'region' });
  return (
    <Collapse ghost size="small" style={{ margin: '0 0 16px -12px' }} items={[
      { key: 'markets', forceRender: true, label: t('markets'), children: (
        <Form.Item name={[...within, 'markets']} label={t('markets')} extra={t('marketsHelp')} rules={[{ validator: (_, v?: string[]) => v?.every((c) => /^[A-Z]{2}$/.test(c)) ?? true ? Promise.resolve() : Promise.reject(new Error(t('marketWrong'))) }]}>
          <Select mode="tags" maxCount={50} placeholder={t('marketsAny')} tokenSeparators={[',', ' ', '、']} options={countries.map((c) => ({ value: c, label: `${names.of(c)} ${c}` }))} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>) },
      { key: 'documents', forceRender: true, label: t('documents'), children: <Documents within={within} /> },
      { key: 'serials', forceRender: true, label: t('serials'), children: <Serials quantity={quantity} within={within} /> },
      { key: 'legacy', forceRender: true, label: t('legacy'), children: (
        <Form.Item name={[...within, 'legacy']} valuePropName="checked" extra={t('legacyWhy')}><Checkbox>{t('legacy')}</Checkbox></Form.Item>) },
    ]} />
  );
}

function Documents({ within }: { within: string[] }) {
  const { t } = useTranslation('goods');
  return (
    <Form.List name={[...within, 'documents']}>{(rows, { add, remove }) => <>
      {rows.map(({ key, name }) => (
        <Flex key={key} gap={8} wrap align="start">
          <Form.Item name={[name, 'kind']} label={t('documentKind')} style={{ width: 160 }}><Select options={documentKinds.map((k) => ({ value: k, label: t(`document.${k}`) }))} /></Form.Item>
          <Form.Item name={[name, 'hash']} label={t('documentFile')} style={{ flex: '1 1 220px' }} rules={[{ required: true, message: t('documentMissing') }]}><DocumentDrop /></Form.Item>
          <Button type="text" style={{ marginTop: 30 }} onClick={() => remove(name)}>{t('documentRemove')}</Button>
        </Flex>
      ))}
      <p className="quiet" style={{ marginTop: 0 }}>{t('documentsHelp')}</p>
      <Button disabled={rows.length >= 50} onClick={() => add({ kind: 'coa' })}>{t('documentAdd')}</Button>
    </>}</Form.List>
  );
}

function Serials({ quantity, within }: { quantity?: number; within: string[] }) {
  const { t } = useTranslation(['goods', 'common']);
  const form = Form.useFormInstance();
  const own = [...within, 'serials'];
  const check = (_: unknown, text?: string) => {
    const all = serialsIn(text);
    const twice = doubled(all);
    const long = all.find((s) => s.length > 20);
    const wrong = all.length === 0 ? '' : long ? t('serialLong', { serial: long }) : twice ? t('serialTwice', { serial: twice })
      : all.length > most ? t('serialsMany') : quantity && all.length !== quantity ? t('serialsCount', { read: all.length, quantity }) : '';
    return wrong ? Promise.reject(new Error(wrong)) : Promise.resolve();
  };
  const take = async (file: File) => {
    const text = await file.text().catch(() => undefined);
    if (text === undefined) form.setFields([{ name: own, errors: [t('common:fileUnreadable')] }]);
    else form.setFieldValue(own, text);
  };
  return (
    <>
      <Form.Item name={own} label={t('serials')} extra={t('serialsHelp')} dependencies={[[...within, 'quantity']]} rules={[{ validator: check }]}>
        <Input.TextArea className="id" spellCheck={false} autoSize={{ minRows: 3, maxRows: 8 }} />
      </Form.Item>
      <Upload accept=".txt,.csv" showUploadList={false} beforeUpload={(file) => { void take(file); return false; }}><Button>{t('serialsFile')}</Button></Upload>
    </>
  );
}
